import { findMissingPart } from "@/lib/serving/readiness";

export const dynamic = "force-dynamic";

/** Whether this server may take traffic. Where not, `missing` names the first part that it lacks. */
export async function GET(): Promise<Response> {
  const missing = await findMissingPart();
  const headers = { "cache-control": "no-store" };
  if (missing === null) return Response.json({ status: "ready" }, { headers });
  return Response.json({ status: "not_ready", missing }, { status: 503, headers });
}
