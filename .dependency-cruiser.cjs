// Which file may import which: apps → adapters → application → domain, and never back. scripts/architecture.ts checks
// these rules and that they scanned the code; tests/architecture/ proves that each rule reports its violation.

/** Tests, and the contracts that the tests of adapters run. */
const TEST = '^(packages|apps)/[a-z-]+/(test|contracts)/';
const TEST_TOOLS = npm('vitest', 'fast-check');
const DOMAIN = '^packages/domain/src/';
const APPLICATION = '^packages/application/src/';
const ADAPTERS = '^packages/adapters/src/';
const CLIENT = '^packages/client/src/';
const PAGES = '^apps/web/src/';
/** What ships, beside its tests. */
const PRODUCT = '^(packages|apps)/';
/** The files of the waiting room that booking and payments may import. */
const WAITING_ROOM_INTERFACE = [
  `${APPLICATION}ports/`,
  `${DOMAIN}waiting-room/queue-token\\.ts$`,
  `${APPLICATION}waiting-room/end-place\\.ts$`,
];

/** A pattern for the resolved import of one of these npm packages or of its types. */
function npm(...names) {
  return `(^|node_modules/(@types/)?)(${names.join('|')})(/|$)`;
}

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** Only the files at `path` may import the npm packages `names`. */
function only(name, names, path) {
  const comment = `only ${path} imports ${names.join(' and ')}`;
  return forbid(name, comment, { path: PRODUCT, pathNot: [path, TEST] }, { path: npm(...names) });
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'domain-is-pure',
      'the domain imports only itself: no npm package and no Node module',
      { path: DOMAIN, pathNot: TEST },
      { pathNot: DOMAIN },
    ),
    forbid(
      'domain-tests-are-pure',
      'a test of the domain imports only the domain and the test tools',
      { path: '^packages/domain/test/' },
      { pathNot: ['^packages/domain/', TEST_TOOLS] },
    ),
    forbid(
      'application-knows-the-domain-only',
      'the application imports only the domain and itself',
      { path: APPLICATION, pathNot: TEST },
      { pathNot: [DOMAIN, APPLICATION] },
    ),
    forbid(
      'application-tests-know-no-adapter',
      'a test that runs the application on adapters belongs in tests/',
      { path: '^packages/application/(test|contracts)/' },
      { pathNot: [DOMAIN, '^packages/application/', TEST_TOOLS] },
    ),
    forbid(
      'client-stands-alone',
      'the client runs in any browser, so it imports only itself: no npm package, no Node module, nothing of the server',
      { path: CLIENT },
      { pathNot: CLIENT },
    ),
    forbid(
      'packages-know-no-app',
      'no package imports an app, a script or a benchmark',
      { path: '^packages/' },
      { path: '^(apps|scripts|bench|k6)/' },
    ),
    forbid(
      'sources-know-no-test',
      'no source imports a test, a contract, a script or a benchmark',
      { path: PRODUCT, pathNot: TEST },
      { path: ['^(tests|scripts|bench|k6)/', TEST] },
    ),
    forbid(
      'scripts-use-test-support-only',
      'scripts and benchmarks may start servers through tests/support and simulate a room, and import no other test and no contract',
      { path: '^(scripts|bench)/' },
      { path: ['^tests/', TEST], pathNot: ['^tests/support/', '^packages/domain/test/simulation/'] },
    ),
    forbid(
      'adapter-folders-are-apart',
      'no folder of adapters imports another; open-ports.ts combines them',
      { path: `${ADAPTERS}([^/]+)/`, pathNot: `${ADAPTERS}process/` },
      { path: ADAPTERS, pathNot: `${ADAPTERS}$1/` },
    ),
    forbid(
      'process-knows-open-ports-alone',
      'the code that both apps share reaches adapters only through open-ports.ts',
      { path: `${ADAPTERS}process/` },
      { path: ADAPTERS, pathNot: [`${ADAPTERS}process/`, `${ADAPTERS}open-ports\\.ts$`] },
    ),
    forbid(
      'open-ports-joins-alone',
      'only open-ports.ts imports from more than one folder of adapters',
      { path: `${ADAPTERS}[^/]+$`, pathNot: `${ADAPTERS}open-ports\\.ts$` },
      { path: `${ADAPTERS}[^/]+/` },
    ),
    forbid(
      'apps-are-apart',
      'no app imports another; code that both need is in packages/adapters/src/process/',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'pages-use-the-client-alone',
      'the pages know the server through its HTTP API only',
      { path: PAGES },
      { path: '^(packages|apps|tests|scripts|bench|k6)/', pathNot: [PAGES, CLIENT] },
    ),
    forbid(
      'pages-run-in-a-browser',
      'the pages import no Node module',
      { path: PAGES },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'nobody-imports-the-pages',
      'Vite bundles the pages from their HTML; apps/http reads the files of their build',
      { pathNot: ['^apps/web/(src|test)/'] },
      { path: PAGES },
    ),
    forbid(
      'waiting-room-through-ports',
      'booking and payments use the waiting room only through its ports, its queue token and the end of a place',
      { path: '^packages/.*/(booking|payments)/', pathNot: TEST },
      { path: '^packages/.*/waiting-room/', pathNot: WAITING_ROOM_INTERFACE },
    ),
    only('redlock-has-one-importer', ['redlock'], `${ADAPTERS}redis/seat-lock/`),
    only('sql-is-at-home-in-mysql', ['kysely', 'mysql2'], `${ADAPTERS}mysql/`),
    only('redis-client-stays-inside', ['ioredis'], `${ADAPTERS}((redis|bullmq)/|open-ports\\.ts$)`),
    only('bullmq-stays-inside', ['bullmq'], `${ADAPTERS}bullmq/`),
    forbid(
      'no-cycles',
      'files that import each other cannot be understood one at a time',
      { pathNot: `${CLIENT}generated/` },
      { circular: true },
    ),
    forbid(
      'imports-are-declared',
      "an imported package is declared in the importer's package.json, which is checked against its layer",
      {
        path: PRODUCT,
        pathNot: [TEST, '^packages/client/generator/', '^apps/web/(build/|vite\\.config\\.ts$)'],
      },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nothing-unresolved',
      'an import that cannot be resolved is checked by no rule',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|apps)/[a-z-]+/dist/' },
    // Imports of types count too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
