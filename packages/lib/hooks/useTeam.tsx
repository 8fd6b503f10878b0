"use client";

import { createContext, type ReactNode, useContext } from "react";

export interface CurrentTeam {
  id: number;
  slug: string;
  name: string;
}

const TeamContext = createContext<CurrentTeam | null>(null);

export function TeamProvider({ team, children }: { team: CurrentTeam; children: ReactNode }) {
  return <TeamContext value={team}>{children}</TeamContext>;
}

/**
 * The team whose page this is. Membership was checked where the provider stands.
 *
 * @throws Error outside of a `TeamProvider`
 */
export function useTeam(): CurrentTeam {
  const team = useContext(TeamContext);
  if (!team) throw new Error("useTeam must be called under a TeamProvider, on a page of a team.");
  return team;
}
