import { z } from "zod";

/** What the dashboard's thread is started with. */
export const workerDataSchema = z.object({ root: z.string(), socketPath: z.string() });

export type WorkerData = z.infer<typeof workerDataSchema>;

/** What it says: that it serves, and how many event streams are open. */
export const workerMessageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("serving") }),
  z.object({ kind: z.literal("streams"), open: z.int() }),
]);

export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** What it is told: first what Postgres tells the process, then what to do. */
export const workerCommandSchema = z.discriminatedUnion("kind", [
  /** A message of the signal channel, as it came. */
  z.object({ kind: z.literal("signal"), message: z.string() }),
  z.object({ kind: z.literal("subscribed") }),
  /** Said again and again while everything is heard. */
  z.object({ kind: z.literal("current") }),
  z.object({ kind: z.literal("unreachable") }),
  z.object({ kind: z.literal("end streams") }),
  z.object({ kind: z.literal("close") }),
]);

export type WorkerCommand = z.infer<typeof workerCommandSchema>;
