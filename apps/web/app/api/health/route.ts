export const dynamic = "force-dynamic";

/** Whether the process is alive. It asks nothing of the database: without one, restarting helps nobody. */
export function GET(): Response {
  return Response.json({ status: "alive" }, { headers: { "cache-control": "no-store" } });
}
