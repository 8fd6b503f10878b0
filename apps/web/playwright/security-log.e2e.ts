import { expect, loginAs, long, startWebServer, test, testEnv } from "./support/fixtures";
import { ask } from "./support/wire";

test(
  "whoever keeps watch is told of each event in one line, and of nobody's address, password or stack",
  long,
  async ({ page }) => {
    const lines: string[] = [];
    const server = await startWebServer({
      databaseUrl: testEnv().databaseUrl,
      env: { LOG_LEVEL: "info" },
      onOutput: (text) => lines.push(...text.split("\n")),
    });
    const { port, baseUrl } = server;
    const call = (procedures: string, input: object, method: "GET" | "POST" = "GET") => {
      const wire = JSON.stringify(input);
      const query = method === "GET" ? `&input=${encodeURIComponent(wire)}` : "";
      return page.request.fetch(`${baseUrl}/api/trpc/${procedures}?batch=1${query}`, {
        method,
        headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
        ...(method === "POST" ? { data: wire } : {}),
      });
    };
    const slug = "pricing-tiers";
    await ask(port, "/api/ready");
    lines.length = 0;

    const { csrfToken } = await (await page.request.get(`${baseUrl}/api/auth/csrf`)).json();
    const form = { csrfToken, email: "ida@example.com", password: "guess-of-somebody", json: "true" };
    await page.request.post(`${baseUrl}/api/auth/callback/credentials`, { form });
    await loginAs(page, "ida@example.com", { baseUrl });
    // Two of one request, of which one is refused.
    const list = "viewer.admin.experiments.list";
    await call(`${list},viewer.experiments.listActiveExperiments`, { 0: { json: {} }, 1: { json: {} } });
    await page.goto(`${baseUrl}/settings/admin/experiments`);
    await ask(port, "/api/experiments/exposures", {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site" },
    });
    await ask(port, "/", { method: "TRACE" });
    const stale = { cookie: "next-auth.session-token=eyJhbGciOiJkaXIifQ..stale" };
    for (const path of ["/api/auth/session", "/", "/teams"]) await ask(port, path, { headers: stale });
    await loginAs(page, "admin@example.com", { baseUrl });
    const minted = await call(
      "viewer.admin.experiments.previewLinks.mint",
      { 0: { json: { slug, days: 1 } } },
      "POST",
    );
    const [{ result }] = await minted.json();
    const link = { slug, id: result.data.json.id };
    await call("viewer.admin.experiments.previewLinks.revoke", { 0: { json: link } }, "POST");
    const shared = await call(
      "viewer.admin.experiments.reports.mintLink",
      { 0: { json: { slug, days: 7 } } },
      "POST",
    );
    const [{ result: report }] = await shared.json();
    const { token, id } = report.data.json;
    await page.goto(`${baseUrl}/reports/${token}`);
    await call("viewer.admin.experiments.reports.revokeLink", { 0: { json: { slug, id } } }, "POST");
    await call("viewer.admin.experiments.exportActivity", { 0: { json: { slug } } }, "POST");
    await server.stop();

    const events = lines
      .filter((line) => line.includes('"message":"security"'))
      .map((line) => JSON.parse(line));
    const said = events.map(({ time: _, level: __, message: ___, ...rest }) => rest);
    const userId = expect.any(Number);
    expect(said).toEqual([
      { event: "sign_in_failed", address: "127.0.0.1" },
      { event: "sign_in", userId, address: "127.0.0.1" },
      { event: "refused", procedure: list, code: "FORBIDDEN", userId },
      { event: "refused", route: "/settings/admin/experiments", method: "GET", status: 403 },
      { event: "refused", route: "/api/experiments/exposures", method: "POST", status: 403 },
      { event: "refused", route: "/", method: "TRACE", status: 405 },
      { event: "sign_in", userId, address: "127.0.0.1" },
      { event: "preview_links_made", userId, slug, days: 1 },
      { event: "preview_links_revoked", userId, slug },
      { event: "report_link_made", userId, slug, days: 7 },
      { event: "report_link_revoked", userId, slug },
      { event: "export", userId, slug, content: "activity as CSV" },
    ]);
    const all = lines.join("\n");
    expect(all).not.toMatch(/example\.com|guess-of-somebody|"stack"|\n\s+at /);
    for (const secret of [link.id, id, token]) expect(all).not.toContain(secret);
  },
);
