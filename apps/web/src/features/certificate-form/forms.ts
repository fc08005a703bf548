import { graphql, type ResultOf } from '../../shared/api/graphql.js';

/** The versions of the form of certificates that the viewer sees. */
export const Forms = graphql(`
  query CertificateForms {
    certificateTemplates {
      id
      scope
      version
      state
      inForce
      viewerCanPublish
      title
      design
      printMode
      sentence
      english
      hasEmblem
      offsetXMm
      offsetYMm
      createdAt
      publishedAt
      preview {
        id
      }
    }
  }
`);

export type Form = ResultOf<typeof Forms>['certificateTemplates'][number];

/** The scope of the country; every other is a province's code. */
export const COUNTRY = 'IR';
