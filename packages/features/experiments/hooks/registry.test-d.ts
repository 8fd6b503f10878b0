import { describe, expectTypeOf, it } from "vitest";
import type { ExperimentSlug, PayloadOf, VariantOf } from "../registry";
import type { Json } from "../types";
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

  it("leaves an undeclared payload as plain JSON", () => {
    expectTypeOf<PayloadOf<"pricing-tiers">>().toEqualTypeOf<Json>();
  });
});

describe("without one", () => {
  it("takes any slug and any variant", () => {
    expectTypeOf<VariantOf<"of-another-application">>().toEqualTypeOf<string>();
    expectTypeOf<PayloadOf<"of-another-application">>().toEqualTypeOf<Json>();
  });
});
