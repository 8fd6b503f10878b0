import type { Json } from "@calcom/lib/json";
import { describe, expectTypeOf, it } from "vitest";
import type { ExperimentSlug, PayloadOf, VariantOf, VariantTable } from "../types/registry";
import { trackExperimentConversion } from "./track-conversion";
import type { useExperiment } from "./useExperiment";

describe("with a declaration file", () => {
  it("names only the experiments that exist", () => {
    expectTypeOf<"pricing-tiers">().toExtend<ExperimentSlug>();
    expectTypeOf<"pricing-tierz">().not.toExtend<ExperimentSlug>();
  });

  it("names only the variants that an experiment has", () => {
    expectTypeOf<VariantOf<"pricing-tiers">>().toEqualTypeOf<"control" | "variant-a" | "variant-b">();
    expectTypeOf<ReturnType<typeof useExperiment<"upgrade-button-test">>["variant"]>().toEqualTypeOf<
      "control" | "urgent" | null
    >();
    // @ts-expect-error: no such variant
    trackExperimentConversion("pricing-tiers", "urgent", "deterministic", { conversionEvent: "clicked" });
  });

  it("knows which variants carry data", () => {
    expectTypeOf<PayloadOf<"pricing-tiers">>().toEqualTypeOf<never>();
    expectTypeOf<ReturnType<typeof useExperiment<"pricing-tiers">>["payload"]>().toEqualTypeOf<null>();
  });

  it("takes a table of some of the variants, and of no other", () => {
    expectTypeOf<{ urgent: string }>().toExtend<VariantTable<"upgrade-button-test", string>>();
    // @ts-expect-error: no such variant
    const table: VariantTable<"upgrade-button-test", string> = { urgnet: "Now" };
    expectTypeOf(table).toBeObject();
  });
});

describe("without one", () => {
  it("takes any slug and any variant", () => {
    expectTypeOf<VariantOf<"of-another-application">>().toEqualTypeOf<string>();
    expectTypeOf<PayloadOf<"of-another-application">>().toEqualTypeOf<Json>();
    expectTypeOf<{ anything: 1 }>().toExtend<VariantTable<"of-another-application", number>>();
  });
});
