/** Words too frequent in code and prose to name anybody: a person, host or repository called so is left alone in text. */
export const commonWords: ReadonlySet<string> = new Set(
  `about access account action active actor add address admin agent alert alias all alpha also android angular any api
  app apple apps archive area args array art asset assets async auth author auto back backend backup bar base basic batch
  bean best beta bill bin block blog blue board body book boot bot box branch brand bridge brown browser buck bug build
  builder bundle button bytes cache call camera card cart case cash cat category center chain chance change channel char
  charity chart chase chat check child chip chrome city class clay clean clear cli click client clock clone close cloud
  code coin color column come command comment common company compass component config connect connection const contact
  content context control cookie cooper copy core count counter country course craft crane create cross crypto css
  current custom daemon dashboard data database date dawn day dean debug default define delete demo deploy design desk
  desktop detail details dev device dialog diff digital dir direct directory disk display doc docker docs document dom
  domain done down download draft drew drive drop dry dynamic edge edit editor element email empty end engine entity entry
  env error event events example exchange exit export ext extension external face factory faith false field file files
  filter final find fire first fix flag flash flow focus folder font foo football for form format forum foundation frame
  framework frank free front frontend full function game gate gateway gene general get git github give glass global go
  gold good google grace grant graph gray green grid ground group guard guest guide guy hand handler hash head header
  health hello help here hidden high history home honor hook hope hour house hunter icon image import in index info init
  input inside install instance int integer interface internal item items iterator jack jar java javascript jay jean job
  jobs join js json just key kind king kit lab label lambda land lane language large last late launch layer layout lead
  learn left level lib library light like line link linux list little live load local location lock log login logo long
  look loop love machine mail main make man manager map mark market mason master match math may media member memory menu
  merge message meta method metrics micro mid mike minute mobile mock mode model module monitor month more move music
  name native nav net network new news next nick node none note nothing null number object office old one online open
  operator option options or oracle order origin other out output over owner package page panel parent park parser part
  party pass password patch path pattern pay payment people pet phone photo pipe place plain plan platform play player
  plugin point policy pool port portal post power press preview price print private process product production profile
  program project prompt property protocol provider proxy public pull pure push python query queue quick random range rate
  raw ray reach react read reader real record red reference region register release remote render repo report repository
  request reset resource response rest result return rich right rob robin role root rose rose route router row rule run
  runner rust sample sandbox save scale schema scope score screen script search season second section security select
  self send server service session set settings setup shape share shell shop short show side sign simple single site size
  sky small smart snow social socket software solution sort sound source space spark spec spring stack staff stage
  standard star start state static status step stone stop storage store stream street string strong studio style sub
  subject submit success sue summer sun super support swift switch sync system tab table tag target task team tech tele
  template term terminal test tester tests text theme thing this thread ticket time timer title to today todo token tom
  tool tools top topic total trace track trade train tree trial trip true trust try type ui unit universe unknown up
  update upload url use user users util utils valid value van vendor version video view vim virtual visual void wade wait
  walk wall ward watch water wave way weather web website week west white widget wiki will win window windows wire with
  wood word words work worker workspace world write writer xml year yes you young zero zone`.split(/\s+/),
);
