import { z } from "zod";

/** What the dashboard's thread is started with. */
export const threadDataSchema = z.object({ root: z.string(), socketPath: z.string() });

export type ThreadData = z.infer<typeof threadDataSchema>;

/** What it says: that it serves, and how many event streams are open. */
export const wordSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("serving") }),
  z.object({ kind: z.literal("streams"), open: z.int() }),
]);

export type Word = z.infer<typeof wordSchema>;

/** What it is told. */
export const orderSchema = z.enum(["end streams", "close"]);

export type Order = z.infer<typeof orderSchema>;
