import { AppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { redirect } from "next/navigation";
import { expect, test, vi } from "vitest";
import { answer } from "./action-result";

vi.mock("./i18n-server", async (original) => {
  const module = await original<typeof import("./i18n-server")>();
  return { ...module, getServerTranslation: async () => module.localeOf("en") };
});

test("a foreseen failure reaches the form with its field", async () => {
  const action = async () => {
    throw new AppError("conflict", "email_taken", "Use another address.", { field: "email" });
  };
  expect(await answer(action)).toEqual({
    ok: false,
    code: "email_taken",
    field: "email",
    message: "Use another address.",
  });
});

test("an unforeseen failure is logged, and nothing of it leaves the server", async () => {
  const log = vi.spyOn(logger, "error").mockImplementation(() => {});
  const error = new Error("password authentication failed for user root");
  const result = await answer(() => Promise.reject(error));
  expect(result).toMatchObject({ ok: false, code: "internal", field: null });
  expect(JSON.stringify(result)).not.toContain("root");
  expect(log).toHaveBeenCalledExactlyOnceWith("A server action failed", { error });
});

test("a redirect passes", async () => {
  await expect(answer(async () => redirect("/login"))).rejects.toThrow("NEXT_REDIRECT");
});
