import { expect, it } from "vitest";
import { readBody } from "./read-body";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://own.invalid/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

it("reads what is as long as allowed, to the byte", async () => {
  expect((await readBody(post("a".repeat(10)), 10))?.toString()).toBe("a".repeat(10));
  expect((await readBody(post("ü".repeat(5)), 10))?.toString()).toBe("ü".repeat(5));
  expect(await readBody(post("ü".repeat(5)), 9)).toBeNull();
  expect((await readBody(new Request("http://own.invalid/"), 10))?.length).toBe(0);
});

it("believes a length that is too long, and reads nothing", async () => {
  const request = post("a", { "content-length": "11" });
  expect(await readBody(request, 10)).toBeNull();
  expect(request.bodyUsed).toBe(false);
});

it.each([undefined, "1"])("stops an endless body that says its length is %s", async (length) => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1_000;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  const headers: Record<string, string> = length === undefined ? {} : { "content-length": length };
  expect(await readBody(post(endless, headers), 10_000)).toBeNull();
  expect(sent).toBeLessThan(20_000);
});
