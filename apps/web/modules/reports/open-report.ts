import "server-only";
import type { ReportFacts } from "@calcom/features/experiments/report";
import { sharedReports } from "@calcom/features/experiments/server";
import { reportTokenSchema } from "@calcom/features/experiments/types";
import { lateFor, within } from "@calcom/lib/within";
import { notFound } from "next/navigation";
import { cache } from "react";

/** Once per request, for the page and its title. Whatever opens nothing is the same 404. */
export function openSharedReport({ token }: { token: string }): Promise<ReportFacts> {
  return open(token);
}

/** Nobody is signed in here, so that no session has found out before that the database does not answer. */
const PATIENCE_MS = 800;

const open = cache(async (given: string): Promise<ReportFacts> => {
  const token = reportTokenSchema.safeParse(given);
  if (!token.success) notFound();
  const reading = sharedReports().open(token.data);
  return (await within(PATIENCE_MS, reading, lateFor("The report"))) ?? notFound();
});
