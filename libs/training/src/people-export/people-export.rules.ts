/** Why the people of an office are not written into a file. */
export enum PeopleExportRefusal {
  NOBODY = 'NOBODY', // no course run of the office has had a trainee
}
