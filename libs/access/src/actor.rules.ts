/** What a person may be. One person may hold several roles and acts in one at a time. */
export enum Role {
  ADMINISTRATOR = 'ADMINISTRATOR', // keeps the system; sees no trainee
  NATIONAL_OFFICER = 'NATIONAL_OFFICER',
  PROVINCIAL_OFFICER = 'PROVINCIAL_OFFICER',
  COUNTY_OFFICER = 'COUNTY_OFFICER',
  ASSESSOR = 'ASSESSOR', // the assessment unit of a province
  INSTITUTE_MANAGER = 'INSTITUTE_MANAGER',
  TRAINER = 'TRAINER',
}

/** Who is calling, with exactly the ids that bound what they reach. A policy answers for every member. */
export type Actor =
  | { role: Role.ADMINISTRATOR; userId: string }
  | { role: Role.NATIONAL_OFFICER; userId: string }
  | { role: Role.PROVINCIAL_OFFICER; userId: string; provinceCode: string }
  | { role: Role.COUNTY_OFFICER; userId: string; provinceCode: string; officeId: string }
  | { role: Role.ASSESSOR; userId: string; provinceCode: string }
  | { role: Role.INSTITUTE_MANAGER; userId: string; instituteId: string }
  | { role: Role.TRAINER; userId: string; trainerId: string };
