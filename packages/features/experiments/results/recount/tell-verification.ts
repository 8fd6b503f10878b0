import type { Verification } from "./verify";

/** The outcome in lines for a terminal. */
export function tellVerification({
  slug,
  concludedAt,
  matches,
  basis,
  changes,
  remarks,
}: Verification): string {
  const verdict = matches
    ? `${slug}, concluded ${concludedAt}: the receipt holds. The rows are the same, and so are the numbers.`
    : `${slug}, concluded ${concludedAt}: the receipt no longer holds.`;
  return [
    verdict,
    ...basis.map((text) => `  ${text}`),
    ...changes.map((change) => `- ${change}`),
    ...remarks.map((remark) => `  ${remark}`),
  ].join("\n");
}
