/** Called by Next once, before the server takes requests. */
export async function register(): Promise<void> {
  // Behind the check, or the bundle for the edge would get all of it.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startServer } = await import("./instrumentation-node");
    await startServer();
  }
}
