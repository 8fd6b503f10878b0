import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MountedExperiments } from "./MountedExperiments";

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

/** Opens a page whose layout has a provider with these answers, and then others under it. */
async function walk(stamp: string | null, ...paths: string[]): Promise<void> {
  const layout = (key: string) => (
    <MountedExperiments apiPath="/base/api/experiments" answers={[]} subject={null} stamp={stamp}>
      {key}
    </MountedExperiments>
  );
  const { rerender, unmount } = render(layout("first"));
  // What needs Next is loaded after the page.
  await act(() => vi.dynamicImportSettled());
  for (const path of paths) {
    page.pathname = path;
    rerender(layout(path));
    await act(() => vi.dynamicImportSettled());
  }
  unmount();
}

test("a layout's answers are made anew on the next page after an experiment was changed", async () => {
  await walk("1", "/teams/b");
  expect(page.router.refresh).toHaveBeenCalledOnce();
  expect(asked).toHaveBeenCalledExactlyOnceWith("/base/api/experiments/stamp");
});

test("they stay as long as nothing was changed, or nobody can say", async () => {
  await walk("2", "/teams/b", "/teams/c");
  expect(asked).toHaveBeenCalledTimes(2);
  asked.mockRejectedValue(new TypeError("Failed to fetch"));
  await walk("1", "/teams/b");
  asked.mockResolvedValue(new Response("busy", { status: 503 }));
  await walk("1", "/teams/b");
  asked.mockResolvedValue(new Response("<html>"));
  await walk("1", "/teams/b");
  expect(page.router.refresh).not.toHaveBeenCalled();
});

test("nothing is asked on the page that brought them, nor for answers that are nobody's", async () => {
  await walk("1", "/teams/a");
  await walk(null, "/teams/b");
  expect(asked).not.toHaveBeenCalled();
});
