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

/** What `npm run bench` measures, in this order. The soak is not among them: it takes as long as it is told. */
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
