import type { Verdict } from "@/bench/decisions/judge";
import type { Finding } from "@/bench/measure";
import { promisedMilliseconds } from "@/lib/infrastructure/signals/lease";

/** The verdict over all decisions, as findings. */
export function decisionFindings(verdict: Verdict, circumstances: string): Finding[] {
  const { requests, unavailable, wrongAcceptances, wrongRefusals, unexpected, provenRefusals } = verdict;
  const none = { unit: "requests", target: { atMost: 0 } };
  const first = unexpected[0] ?? wrongRefusals[0] ?? wrongAcceptances[0];
  const which = first === undefined ? "" : `e.g. ${first.status} for ${first.subject}`;
  return [
    {
      ...none,
      what: "requests decided wrongly",
      value: wrongAcceptances.length + wrongRefusals.length + unexpected.length,
      spread:
        `${wrongAcceptances.length} accepted, ${wrongRefusals.length} refused, ${unexpected.length} other ${which}`.trim(),
    },
    { ...none, what: "requests without a decision (503, no answer)", value: unavailable, spread: "" },
    {
      what: "requests decided",
      value: requests,
      unit: "",
      spread: `${circumstances}; ${provenRefusals} refused after more than a second`,
      target: null,
    },
    {
      what: "latest acceptance after a forbidding commit",
      value: verdict.latestAcceptanceMs ?? 0,
      unit: "ms",
      spread: "",
      target: { atMost: promisedMilliseconds },
    },
  ];
}
