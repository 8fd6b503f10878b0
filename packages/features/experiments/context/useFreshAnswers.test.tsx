// @vitest-environment jsdom
import { cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useFreshAnswers } from "./useFreshAnswers";

const page = vi.hoisted(() => ({ pathname: "/teams/a", router: { refresh: () => {} } }));
vi.mock("next/navigation", () => ({ usePathname: () => page.pathname, useRouter: () => page.router }));

const asked = vi.fn<typeof fetch>();
beforeEach(() => {
  page.pathname = "/teams/a";
  page.router.refresh = vi.fn();
  asked.mockReset().mockImplementation(async () => Response.json({ stamp: "2" }));
  vi.stubGlobal("fetch", asked);
});
afterEach(cleanup);

/** Opens a page with these answers, and then others under the same layout. */
async function walk(stamp: string | null, ...paths: string[]): Promise<void> {
  const { rerender } = renderHook(() => useFreshAnswers(stamp));
  for (const path of paths) {
    page.pathname = path;
    rerender();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

test("a layout's answers are made anew on the next page after an experiment was changed", async () => {
  await walk("1", "/teams/b");
  expect(page.router.refresh).toHaveBeenCalledOnce();
});

test("they stay as long as nothing was changed, or nobody can say", async () => {
  await walk("2", "/teams/b", "/teams/c");
  expect(asked).toHaveBeenCalledTimes(2);
  asked.mockRejectedValue(new TypeError("Failed to fetch"));
  await walk("1", "/teams/b");
  asked.mockResolvedValue(new Response("busy", { status: 503 }));
  await walk("1", "/teams/b");
  expect(page.router.refresh).not.toHaveBeenCalled();
});

test("nothing is asked on the page that brought them, nor for answers that are nobody's", async () => {
  await walk("1", "/teams/a");
  await walk(null, "/teams/b");
  expect(asked).not.toHaveBeenCalled();
});
