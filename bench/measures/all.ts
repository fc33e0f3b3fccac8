import type { Measure } from "@/bench/measure";
import { browser } from "./browser";
import { check } from "./check";
import { dashboard } from "./dashboard";
import { revocation } from "./revocation";
import { size } from "./size";
import { statements } from "./statements";
import { openStreams } from "./streams";
import { throughput } from "./throughput";
import { usage } from "./usage";

/** The measures that `npm run bench` runs by default, in this order. The soak is run only by name. */
export const measures: readonly Measure[] = [
  throughput,
  check,
  statements,
  revocation,
  usage,
  browser,
  size,
  openStreams,
  dashboard,
];
