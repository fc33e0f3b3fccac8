import type { DecisionReport } from "@/bench/decisions/verify-decisions";
import type { Finding } from "@/bench/measure";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";

/** Converts a report on the responses to findings. `context` describes the load. */
export function decisionFindings(report: DecisionReport, context: string): Finding[] {
  const { requests, unavailable, wrongAcceptances, wrongRejections, unexpected, rejectionsAfterBound } =
    report;
  const expectNone = { unit: "requests", target: { atMost: 0 } };
  const first = unexpected[0] ?? wrongRejections[0] ?? wrongAcceptances[0];
  const example = first === undefined ? "" : `, e.g. ${first.status} for ${first.subject}`;
  return [
    {
      ...expectNone,
      title: "requests decided wrongly",
      value: wrongAcceptances.length + wrongRejections.length + unexpected.length,
      spread:
        `${wrongAcceptances.length} accepted, ${wrongRejections.length} rejected, ` +
        `${unexpected.length} other${example}`,
    },
    {
      ...expectNone,
      title: "requests without a decision (503, no response)",
      value: unavailable,
      spread: "",
    },
    {
      title: "requests sent",
      value: requests,
      unit: "",
      spread: `${context}; ${rejectionsAfterBound} rejected after the revocation bound`,
      target: null,
    },
    {
      title: "latest acceptance after the commit of a revocation",
      value: report.latestAcceptanceMs ?? 0,
      unit: "ms",
      spread: "",
      target: { atMost: maxStalenessMs },
    },
  ];
}
