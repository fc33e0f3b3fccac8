import { z } from "zod";

/**
 * The data that the worker thread gets at its start: the repository's root folder and the socket to listen
 * on.
 */
export const workerDataSchema = z.object({ root: z.string(), socketPath: z.string() });

export type WorkerData = z.infer<typeof workerDataSchema>;

/** Messages from the worker: that it accepts requests, and the number of its open event streams. */
export const workerMessageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("streams"), open: z.int() }),
]);

export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** Messages to the worker: relayed database notifications, and commands. */
export const workerCommandSchema = z.discriminatedUnion("kind", [
  /** A notification, as the text that PostgreSQL sent. */
  z.object({ kind: z.literal("notification"), message: z.string() }),
  z.object({ kind: z.literal("listening") }),
  /** Sent again and again while the main thread holds the lease. */
  z.object({ kind: z.literal("lease held") }),
  z.object({ kind: z.literal("unreachable") }),
  z.object({ kind: z.literal("end streams") }),
  z.object({ kind: z.literal("close") }),
]);

export type WorkerCommand = z.infer<typeof workerCommandSchema>;
