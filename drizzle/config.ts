import { defineConfig } from "drizzle-kit";

/**
 * Configures drizzle-kit. Used only by `npm run migration`, which compares the schema with the last migration
 * and writes the next one.
 */
export default defineConfig({
  dialect: "postgresql",
  schema: "./drizzle/schema/*.ts",
  out: "./drizzle/migrations",
  casing: "snake_case",
});
