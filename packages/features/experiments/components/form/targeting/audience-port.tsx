"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { AudienceCount, Trial } from "../../../types/audience";
import type { HostId } from "../../../types/host-id";
import type { ExperimentInput } from "../../../types/input";
import type { Unit } from "../../../types/settings";
import type { TargetingRules } from "../../../types/targeting-rules";
import type { KnownAttribute } from "./condition-model";

export interface FoundTeam {
  id: HostId;
  name: string;
  slug: string;
  isOrganization: boolean;
  members: number;
}

export interface FoundPerson {
  id: HostId;
  name: string;
  email: string;
}

/** What the form asks the server about people; the application speaks to it. Each rejects with a sentence fit to show. */
export interface AudiencePort {
  count(rules: { unit: Unit; targetingRules: TargetingRules }): Promise<AudienceCount | null>;
  tryOut(question: { slug?: string; input: ExperimentInput; subjectId: HostId }): Promise<Trial>;
  findTeams(search: string, ids: HostId[], onlyOrganizations: boolean | null): Promise<FoundTeam[]>;
  findPeople(search: string): Promise<FoundPerson[]>;
  attributes(): Promise<KnownAttribute[]>;
}

const AudiencePortContext = createContext<AudiencePort | null>(null);

export function AudiencePortProvider({ port, children }: { port: AudiencePort; children: ReactNode }) {
  return <AudiencePortContext.Provider value={port}>{children}</AudiencePortContext.Provider>;
}

export function useAudiencePort(): AudiencePort | null {
  return useContext(AudiencePortContext);
}

/** Suggestions, and so nothing while they are not there. */
export function useAttributes(): KnownAttribute[] {
  const port = useAudiencePort();
  const [known, setKnown] = useState<KnownAttribute[]>([]);
  useEffect(() => {
    let isCurrent = true;
    port?.attributes().then(
      (attributes) => isCurrent && setKnown(attributes),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [port]);
  return known;
}
