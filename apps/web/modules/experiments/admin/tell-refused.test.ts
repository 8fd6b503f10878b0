import { commandRefusal } from "@calcom/features/experiments-admin/pages/api-refusal";
import { tellRefused } from "@calcom/features/experiments-admin/pages/tell-refused";
import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { type Sentence, sentence, written } from "@calcom/lib/sentence";
import { toast } from "@calcom/ui";
import { afterEach, expect, test, vi } from "vitest";
import { localeOf } from "@/lib/i18n-server";

afterEach(() => vi.restoreAllMocks());

const failure = (message: string, app: object | null) =>
  Object.assign(new Error(message), { data: { app, issues: null } });

function refused(what: string | Sentence, who: string | null) {
  const { message, details } = changedMeanwhile(what, who);
  // As it comes over the wire.
  const app = JSON.parse(JSON.stringify({ code: "stale_flag", sentence: message, details }));
  return failure(written(message), app);
}

const schedule = sentence("the schedule of {{slug}}", { slug: "new-booker" });

test.each([
  ["en", "new-booker", "Grace", "Grace changed new-booker in the meantime."],
  ["en", schedule, null, "Another person changed the schedule of new-booker in the meantime."],
  ["de", "new-booker", "Grace", "Grace hat new-booker inzwischen geändert."],
  ["de", schedule, null, "Eine andere Person hat den Zeitplan von new-booker inzwischen geändert."],
] as const)("a toast says in %s who changed what, and what to do", (code, what, who, said) => {
  const warning = vi.spyOn(toast, "warning").mockReturnValue("1");
  const { t } = localeOf(code);
  tellRefused(commandRefusal(refused(what, who), t), t, { id: "flag-new-booker" });
  expect(warning).toHaveBeenCalledWith(
    said,
    expect.objectContaining({ id: "flag-new-booker", description: t("changed_meanwhile_next") }),
  );
});

test("whoever sees only the message is told all of it", () => {
  const { message } = commandRefusal(refused("new-booker", "Grace"), localeOf("de").t);
  expect(message).toBe(
    "Grace hat new-booker inzwischen geändert. Nichts wurde gespeichert. " +
      "Sehen Sie sich den neuen Stand an und versuchen Sie es dann noch einmal.",
  );
});

test("any other refusal is an error, in its own words", () => {
  const error = vi.spyOn(toast, "error").mockReturnValue("1");
  const { t } = localeOf("en");
  tellRefused(commandRefusal(failure("No.", null), t), t);
  expect(error).toHaveBeenCalledWith("No.", {});
});
