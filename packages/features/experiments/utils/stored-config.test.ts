import { describe, expect, it } from "vitest";
import { statusSchema } from "../types/settings";
import { readStatus, readStoredConfig } from "./stored-config";

describe("the status of a row", () => {
  it("is the one that it names, also where the rest is damaged", () => {
    for (const status of statusSchema.options) {
      const row = { slug: "damaged", enabled: status !== "running", metadata: { status } };
      expect(readStoredConfig(row).ok).toBe(false);
      expect(readStatus(row)).toBe(status);
    }
  });

  it.each([null, {}, { variants: [] }, [], "text", { status: "nonsense" }, { status: null }])(
    "follows `enabled` where the metadata are %j",
    (metadata) => {
      expect(readStatus({ enabled: true, metadata })).toBe("running");
      expect(readStatus({ enabled: false, metadata })).toBe("draft");
    },
  );
});
