import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const secret = "jobs-secret-of-the-tests-0123456789abcdef";
const settings = vi.hoisted(() => ({ EXPERIMENTS_JOBS_SECRET: undefined as string | undefined }));
const run = vi.hoisted(() => vi.fn());
vi.mock("@calcom/lib/env", () => ({ env: () => settings, jobEnv: () => ({ LOG_LEVEL: "silent" }) }));
vi.mock("@calcom/features/experiments/server", () => ({ runExperimentJobs: run }));
vi.mock("@calcom/features/flags/server", () => ({ runFlagSchedule: async () => flags }));

const flags = [{ slug: "new-booker", step: "on", dropped: null }];
const done = { hasRun: true, steps: [], sent: 2, recounted: ["upgrade-button"], swept: 3 };
let GET: (request: Request) => Promise<Response>;
let POST: typeof GET;
beforeEach(async () => {
  vi.resetModules();
  ({ GET, POST } = await import("@/app/api/experiments/jobs/route"));
  settings.EXPERIMENTS_JOBS_SECRET = secret;
  run.mockReset().mockResolvedValue(done);
});
afterEach(() => vi.resetModules());

let method: "GET" | "POST";
function ask(authorization?: string): Promise<Response> {
  const headers = new Headers(authorization === undefined ? [] : [["authorization", authorization]]);
  const answer = { GET, POST }[method];
  return answer(new Request("http://localhost/api/experiments/jobs", { method, headers }));
}

// Schedulers post; that of Vercel gets.
describe.each(["POST", "GET"] as const)("%s /api/experiments/jobs", (asked) => {
  beforeEach(() => {
    method = asked;
  });

  test("runs the jobs and says what was done", async () => {
    const response = await ask(`Bearer ${secret}`);
    expect(run).toHaveBeenCalledOnce();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ...done, flags });
    expect(response.headers.get("cache-control")).toContain("no-store");
  });

  test("is not there without a secret in the settings", async () => {
    settings.EXPERIMENTS_JOBS_SECRET = undefined;
    expect((await ask(`Bearer ${secret}`)).status).toBe(404);
    expect((await ask("Bearer undefined")).status).toBe(404);
    expect(run).not.toHaveBeenCalled();
  });

  test.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    secret,
    `Basic ${secret}`,
    `Bearer ${secret}x`,
    `Bearer ${secret.slice(1)}`,
  ])("refuses the authorization %j", async (authorization) => {
    const response = await ask(authorization);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain(secret);
    expect(run).not.toHaveBeenCalled();
  });

  test("is limited for who knows the secret, and who does not takes nobody's turn", async () => {
    for (let wrong = 0; wrong < 100; wrong++) await ask("Bearer wrong");
    const statuses: number[] = [];
    for (let call = 0; call < 25; call++) statuses.push((await ask(`Bearer ${secret}`)).status);
    expect(statuses).toEqual([...Array(20).fill(200), ...Array(5).fill(429)]);
    expect(Number((await ask(`Bearer ${secret}`)).headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("answers 503 where the database does not answer, and tells nothing of it", async () => {
    run.mockRejectedValue(new Error("connect ECONNREFUSED 10.0.0.7:5432"));
    const response = await ask(`Bearer ${secret}`);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("10.0.0.7");
  });
});
