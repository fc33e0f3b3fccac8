import type { DecisionReport } from "@/bench/decisions/verify-decisions";
import type { Finding } from "@/bench/measure";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";

/** The verdict over all decisions, as findings. */
export function decisionFindings(verdict: DecisionReport, circumstances: string): Finding[] {
  const { requests, unavailable, wrongAcceptances, wrongRejections, unexpected, rejectionsAfterBound } =
    verdict;
  const none = { unit: "requests", target: { atMost: 0 } };
  const first = unexpected[0] ?? wrongRejections[0] ?? wrongAcceptances[0];
  const which = first === undefined ? "" : `e.g. ${first.status} for ${first.subject}`;
  return [
    {
      ...none,
      what: "requests decided wrongly",
      value: wrongAcceptances.length + wrongRejections.length + unexpected.length,
      spread:
        `${wrongAcceptances.length} accepted, ${wrongRejections.length} refused, ${unexpected.length} other ${which}`.trim(),
    },
    { ...none, what: "requests without a decision (503, no answer)", value: unavailable, spread: "" },
    {
      what: "requests decided",
      value: requests,
      unit: "",
      spread: `${circumstances}; ${rejectionsAfterBound} refused after more than a second`,
      target: null,
    },
    {
      what: "latest acceptance after a forbidding commit",
      value: verdict.latestAcceptanceMs ?? 0,
      unit: "ms",
      spread: "",
      target: { atMost: maxStalenessMs },
    },
  ];
}
