import { Role } from '@app/access';

/** Who may look behind the mask, of the people in the course runs they see. A trainer never needs to. */
export const revealers = [Role.PROVINCIAL_OFFICER, Role.COUNTY_OFFICER, Role.ASSESSOR, Role.INSTITUTE_MANAGER] as const;
