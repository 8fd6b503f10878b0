import { joinSaid, levelFor, type TeamColumns } from "../../teams/utils";

const HOST: TeamColumns = { organization: '"organization_id"', isOrganization: '"is_organization"' };

/** What flags say of a row of the host's teams: as the flags feature reads it, in the names of the view. A row of a
 * host's own table may say nothing. */
export const joinSaidOfHost = (team: string): string =>
  `${joinSaid(team, HOST)} AND "said"."enabled" IS NOT NULL`;

export const levelForHost = (team: string): string => levelFor(team, HOST);
