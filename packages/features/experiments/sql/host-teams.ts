import { joinSaid, levelFor, type TeamColumns } from "../../teams/utils";

const HOST: TeamColumns = { organization: '"organization_id"', isOrganization: '"is_organization"' };

/** What flags say of a row of the host's teams: as the flags feature reads it, in the names of the view. */
export const joinSaidOfHost = (team: string): string => joinSaid(team, HOST);

export const levelForHost = (team: string): string => levelFor(team, HOST);
