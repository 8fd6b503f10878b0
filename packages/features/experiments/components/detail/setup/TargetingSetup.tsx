"use client";

import type { ExperimentConfig } from "../../../types/config";
import { useAudienceWords } from "../../form/targeting/useAudienceWords";
import { audience, audienceOfRules } from "../../shared/audience";

/** Who may be assigned, in a sentence; rules that no sentence can say stand below it as they are. */
export function TargetingSetup({ unit, targetingRules }: Pick<ExperimentConfig, "unit" | "targetingRules">) {
  const asked = audienceOfRules(unit, targetingRules);
  const words = useAudienceWords([...asked.teamIds, ...asked.organizationIds]);
  return (
    <>
      {audience(asked, words)}
      {asked.attributes.mode === "json" && (
        <pre className="mt-1 overflow-x-auto rounded-md bg-muted px-2 py-1.5 font-mono text-xs">
          {asked.attributes.text}
        </pre>
      )}
    </>
  );
}
