import { choose } from "./choose";
import { HOSTILE_VALUES } from "./hostile-values";
import type { Faults } from "./judge";
import { ROLES, type Site } from "./site";
import { listTampering } from "./tampering";

type Action = (...given: never[]) => Promise<unknown>;

/** Every server action, with what its form sends. One that is not here fails the test. */
export const actions: Record<string, { load: () => Promise<Action>; given: unknown[] }> = {
  "modules/auth/actions.ts": {
    load: async () => (await import("@/modules/auth/actions")).signUp,
    given: [{ name: "Ada", email: "ada@example.com", password: "a long password" }],
  },
  "modules/billing/start-team.ts": {
    load: async () => (await import("@/modules/billing/start-team")).startTeam,
    given: [{ name: "A team", slug: "a-team-of-attackers", seats: 3 }, 1_200],
  },
  "modules/locale/choose-locale.ts": {
    load: async () => (await import("@/modules/locale/choose-locale")).chooseLocale,
    given: ["de"],
  },
  "modules/profile/actions.ts": {
    load: async () => (await import("@/modules/profile/actions")).updateProfile,
    given: [{ name: "Ada" }],
  },
  "modules/teams/accept-invitation.ts": {
    load: async () => (await import("@/modules/teams/accept-invitation")).acceptInvitation,
    given: [1],
  },
};

/** An action answers, or leads elsewhere. What it throws otherwise is a 500, and so is what it calls internal. */
export async function attackActions(site: Site, faults: Faults, calls: number, seed: number): Promise<void> {
  const attacks = Object.entries(actions).flatMap(([name, { given }]) =>
    ROLES.flatMap((role) => [
      ...listTampering(given).map((tamper) => ({ name, role, tamper })),
      ...HOSTILE_VALUES.map((value, index) => ({
        name,
        role,
        tamper: () => ({ what: `all of it = ${index}`, input: [value] }),
      })),
    ]),
  );
  for (const { name, role, tamper } of choose(attacks, calls, seed)) {
    site.role = role;
    const { what, input } = tamper();
    const action = await actions[name]?.load();
    const before = role === "anonymous" ? await site.readState() : null;
    const given = Array.isArray(input) ? input : [input];
    const said = await action?.(...(given as never[])).then(
      (answer) => ({ status: isInternal(answer) ? 500 : 200, text: JSON.stringify(answer) ?? "" }),
      (error: unknown) => ({ status: leadsElsewhere(error) ? 303 : 500, text: String(error) }),
    );
    const attack = `${role} ${name} ${what}`;
    if (said !== undefined) faults.judge(attack, said);
    const mayWrite = name === "modules/auth/actions.ts";
    if (before !== null && !mayWrite && (await site.readState()) !== before) faults.add(attack, "wrote");
  }
}

function isInternal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "code" in answer && answer.code === "internal";
}

/** Next redirects and forbids by throwing. */
function leadsElsewhere(error: unknown): boolean {
  return error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_");
}
