// Who may import whom. Each rule has a file in fixtures/boundaries that breaks it, so that it is known to be able to fail.

/** A lib may import the libs of the rows below its own, through their index.ts only. */
const rows = [
  ['backend'],
  ['certification', 'referral', 'placement', 'funding'],
  ['training'],
  ['documents'],
  ['access'],
  ['messaging'],
  ['platform'],
  ['persian', 'credentials'],
];

const libs = rows.flat();
// The libs of the field: what they give to one another are facts, and rules are made of facts.
const field = rows.slice(1, 3).flat();
// What a `*.document.ts` draws with: the one other door of a lib.
const drawing = '^libs/documents/src/pure\\.ts$';
// What of that lib belongs to the server.
const server = '^libs/documents/src/(stored/|upload/|index\\.ts$|documents\\.module\\.ts$)';
const spec = '\\.spec\\.tsx?$';
const product = '^(apps|libs/(?!testing/|tooling/)[^/]+/src)/';

const upwards = rows.flatMap((row, depth) =>
  row.map((lib) => {
    const below = rows.slice(depth + 1).flat();
    return {
      name: `${lib}-imports-only-below`,
      severity: 'error',
      from: { path: `^libs/${lib}/src/`, pathNot: spec },
      to: { path: '^(libs|apps)/', pathNot: `^libs/(${[lib, ...below].join('|')})/` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'every-lib-has-its-row',
      severity: 'error',
      from: { path: `^libs/(?!(${[...libs, 'testing', 'tooling'].join('|')})/)` },
      to: {},
    },
    {
      name: 'apps-stand-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      // What the association knows: other libs, the apps too, do not even see its types.
      name: 'the-secret-stays-behind-its-wall',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/(referral|backend|testing)/', spec] },
      to: { path: '^libs/referral/' },
    },
    {
      name: 'nothing-imports-an-app',
      severity: 'error',
      from: { path: '^libs/(?!tooling/)' },
      to: { path: '^apps/' },
    },
    {
      name: 'the-demo-is-an-outside-client',
      severity: 'error',
      from: { path: '^apps/cli/src/demo/' },
      to: { path: '^(apps|libs)/', pathNot: ['^apps/cli/src/demo/', '^libs/persian/src/index\\.ts$'] },
    },
    {
      name: 'through-the-index',
      severity: 'error',
      from: { path: '^(?:libs|apps)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', drawing] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      // An import of types leaves nothing at run time, so it cannot make a rule impure.
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: {
        pathNot: ['^libs/persian/', '\\.(rules|entity)\\.ts$', `^libs/(${field.join('|')})/src/index\\.ts$`],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'documents-only-draw',
      severity: 'error',
      from: { path: '\\.document\\.ts$' },
      to: { pathNot: ['^libs/persian/', drawing, '\\.document\\.ts$'] },
    },
    {
      name: 'use-cases-know-no-edge',
      severity: 'error',
      from: { path: '\\.(entity|rules|policy|service|events|jobs|document)\\.ts$' },
      to: { path: ['\\.resolver\\.ts$', 'node_modules/(@nestjs/graphql|@nestjs/apollo|fastify)/'] },
    },
    {
      name: 'only-adapters-know-outside-systems',
      severity: 'error',
      from: { path: product, pathNot: ['^libs/backend/src/adapters(/|\\.ts$)', spec] },
      to: {
        path: 'node_modules/(bullmq|ioredis|mysql2|mariadb|libsql|@libsql|better-sqlite3|@aws-sdk|@smithy|nodemailer)/',
      },
    },
    {
      name: 'web-shares-only-pure-libs',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^libs/', pathNot: '^libs/(persian|credentials)/src/index\\.ts$' },
    },
    {
      name: 'pure-libs-need-nothing-of-the-server',
      severity: 'error',
      from: { path: '^libs/(persian|credentials)/src/', pathNot: spec },
      to: { path: ['node_modules/(@nestjs|typeorm|rxjs|reflect-metadata)/'] },
    },
    {
      name: 'only-specs-use-testing',
      severity: 'error',
      from: { path: product, pathNot: [spec, '\\.e2e-spec\\.ts$', '^apps/[^/]+/(test|e2e)/'] },
      to: { path: '^libs/(testing|tooling)/' },
    },
    {
      // Each drawing thread loads them anew.
      name: 'what-draws-is-light',
      severity: 'error',
      from: { path: '^libs/documents/src/', pathNot: [server, spec] },
      to: { path: ['^libs/(platform|access)/', server, 'node_modules/(@nestjs|typeorm|rxjs)/'] },
    },
    {
      // The web is bundled, so its packages are needed only to build it.
      name: 'runs-without-development-packages',
      severity: 'error',
      from: { path: '^(apps/(?!web/)[^/]+/src|libs/(?!testing/|tooling/)[^/]+/src)/', pathNot: spec },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-is-found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^libs/tooling/fixtures/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
