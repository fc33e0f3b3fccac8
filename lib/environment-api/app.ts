import { Hono } from "hono";

export function createEnvironmentApi(): Hono {
  const app = new Hono();
  app.notFound((context) => context.json({ error: { code: "not_found", message: "No such endpoint" } }, 404));
  return app;
}
