import { measureThroughput } from "./measure";
import { variants } from "./variants";

/** `node --import tsx bench/throughput/run.ts [rounds] [seconds] [variant...]` */
const [rounds = "5", seconds = "3", ...names] = process.argv.slice(2);
const chosen = names.length === 0 ? variants : variants.filter(({ name }) => names.includes(name));
const report = await measureThroughput(Number(rounds), { connections: 32, seconds: Number(seconds) }, chosen);
const first = Object.values(report)[0];
for (const [
  name,
  { requestsPerSecond: rate, userMicroseconds: user, systemMicroseconds: system, p99Milliseconds },
] of Object.entries(report)) {
  const times = first === undefined ? Number.NaN : rate.median / first.requestsPerSecond.median;
  const cells = [
    name.padEnd(10),
    `${rate.median.toFixed(0)} req/s (${rate.min.toFixed(0)}-${rate.max.toFixed(0)})`.padEnd(30),
    `${times.toFixed(2)} of the first`.padEnd(20),
    `user ${user.median.toFixed(1)} us (${user.min.toFixed(1)}-${user.max.toFixed(1)})`.padEnd(30),
    `system ${system.median.toFixed(1)} us (${system.min.toFixed(1)}-${system.max.toFixed(1)})`.padEnd(30),
    `p99 ${p99Milliseconds.median.toFixed(1)} ms`,
  ];
  process.stdout.write(`${cells.join("")}\n`);
}
