// Runs everything that `npm test` runs, with each long test at its full length.
process.env.LATCHKEY_TEST_LONG = "1";
await import("./test.mjs");
