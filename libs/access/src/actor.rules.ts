/** What a person may be. One person may hold several roles and acts in one at a time. */
export enum Role {
  ADMINISTRATOR = 'ADMINISTRATOR', // keeps the system; sees no trainee
  NATIONAL_OFFICER = 'NATIONAL_OFFICER',
  PROVINCIAL_OFFICER = 'PROVINCIAL_OFFICER',
  COUNTY_OFFICER = 'COUNTY_OFFICER',
  ASSESSOR = 'ASSESSOR', // the assessment unit of a province
  INSTITUTE_MANAGER = 'INSTITUTE_MANAGER',
  TRAINER = 'TRAINER',
  EXAMINER = 'EXAMINER', // marks the practical exam
  ASSOCIATION_MANAGER = 'ASSOCIATION_MANAGER', // leads a branch of the support association
  CASE_WORKER = 'CASE_WORKER', // visits the families of a branch
  EMPLOYER = 'EMPLOYER', // an employer or sponsor workshop: an account, and nothing to do yet
  GRADUATE = 'GRADUATE', // a trainee or graduate, for their own things
}

/** Who is calling, with exactly the ids that bound what they reach. A policy answers for every member. */
export type Actor =
  | { role: Role.ADMINISTRATOR; userId: string }
  | { role: Role.NATIONAL_OFFICER; userId: string }
  | { role: Role.PROVINCIAL_OFFICER; userId: string; provinceCode: string }
  | { role: Role.COUNTY_OFFICER; userId: string; provinceCode: string; officeId: string }
  | { role: Role.ASSESSOR; userId: string; provinceCode: string }
  | { role: Role.INSTITUTE_MANAGER; userId: string; provinceCode: string; officeId: string; instituteId: string }
  | { role: Role.TRAINER; userId: string; provinceCode: string; trainerId: string }
  | { role: Role.EXAMINER; userId: string; provinceCode: string }
  | { role: Role.ASSOCIATION_MANAGER; userId: string; provinceCode: string; branchId: string }
  | { role: Role.CASE_WORKER; userId: string; provinceCode: string; branchId: string }
  | { role: Role.EMPLOYER; userId: string; provinceCode: string }
  | { role: Role.GRADUATE; userId: string; traineeId: string };
