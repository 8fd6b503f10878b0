import { afterEach, expect, test, vi } from "vitest";
import { fetchAnswers } from "./fetch-answers";

afterEach(() => vi.unstubAllGlobals());

function answering(response: Response) {
  const fetched = vi.fn<typeof fetch>(async () => response);
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const ask = () => fetchAnswers("/base/api/experiments/answers", [{ slug: "a" }, { slug: "b", teamId: 4 }]);

test("asks for all of them in one request, and answers in their order", async () => {
  const answers = [{ slug: "a" }, { slug: "b" }];
  const fetched = answering(Response.json({ answers }));
  expect(await ask()).toEqual(answers);
  const [path, init] = fetched.mock.calls[0] ?? [];
  expect(path).toBe("/base/api/experiments/answers");
  expect(JSON.parse(String(init?.body))).toEqual({ requests: [{ slug: "a" }, { slug: "b", teamId: 4 }] });
});

test.each([
  [
    "a refusal, whose code it keeps",
    Response.json({ code: "claim_refused" }, { status: 403 }),
    "claim_refused",
  ],
  ["a page of somebody else's", new Response("<html>", { status: 200 }), null],
  ["an answer without answers", Response.json({ answers: "none" }), null],
])("rejects at %s", async (_, response, code) => {
  answering(response);
  await expect(ask()).rejects.toMatchObject({ code });
});
