import { defineConfig } from "drizzle-kit";

/** Only `npm run migration` reads this: it compares the schema with the last migration and writes the next. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./drizzle/schema/*.ts",
  out: "./drizzle/migrations",
  casing: "snake_case",
});
