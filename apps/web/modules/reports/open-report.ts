import "server-only";
import type { ReportFacts } from "@calcom/features/experiments/report";
import { sharedReports } from "@calcom/features/experiments/server";
import { reportTokenSchema } from "@calcom/features/experiments/types";
import { notFound } from "next/navigation";
import { cache } from "react";

/** Once per request, for the page and its title. Whatever opens nothing is the same 404. */
export function openSharedReport({ token }: { token: string }): Promise<ReportFacts> {
  return open(token);
}

const open = cache(async (given: string): Promise<ReportFacts> => {
  const token = reportTokenSchema.safeParse(given);
  return (token.success ? await sharedReports().open(token.data) : null) ?? notFound();
});
