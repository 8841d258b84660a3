
'use strict';
(() => {
// The data is the only input. Whatever it holds is shown by text nodes; nothing here writes markup.
const D = JSON.parse(document.getElementById('data').textContent);
const T = i => i === undefined || i < 0 ? '' : D.texts[i];
const $ = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';
const LEVELS = ['ERROR', 'WARN', 'INFO'];
const KILLS = ['CLOSE_OF_REUSED', 'FOREIGN_CLOSE'];

// ---- small tools

function fill(e, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) e.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== '') e.append(child);
  return e;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const count = n => n.toLocaleString('en');
const plural = (n, one) => count(n) + ' ' + one + (n === 1 ? '' : 's');
// Long names break where they are made of parts.
const code = text => h('code', {}, text.split(/(?<=[.($])/).map((part, i) => [i ? h('wbr') : null, part]));
const cut = (text, n) => text.length <= n ? text : text.slice(0, n - 1) + '\u2026';

function span(us) {
  const a = Math.abs(us);
  return a < 1e3 ? Math.round(a) + ' \u00b5s' : a < 1e6 ? +(a / 1e3).toPrecision(3) + ' ms' : a < 6e7 ? +(a / 1e6).toPrecision(3) + ' s'
    : a < 3.6e9 ? Math.round(a / 6e7) + ' min' : a < 1.728e11 ? +(a / 3.6e9).toPrecision(2) + ' h' : Math.round(a / 8.64e10) + ' days';
}
const iso = us => us ? new Date(us / 1e3).toISOString().slice(0, 19) + '.' + String(us % 1e6).padStart(6, '0') + 'Z' : 'unknown';
const clock = us => us ? h('time', {title: iso(us), datetime: iso(us)}, iso(us).slice(11, 23)) : '';
const ago = (us, from) => !us || !from || us === from ? '' : span(from - us) + (us < from ? ' earlier' : ' later');

// ---- the model: lanes (numbers), their lives, alerts

const event = e => e ? {time: e[0], thread: T(e[1]), api: T(e[2]), stack: e[3], what: T(e[4]), missing: T(e[5])} : null;
const lanes = D.lanes.map(([pid, space, number], index) => ({index, pid, space, number, lives: [], alerts: []}));
const lives = D.lives.map(l => {
  const life = {lane: lanes[l[0]], generation: l[1], type: T(l[2]), state: T(l[3]), ownerText: T(l[4]), detail: T(l[5]), opened: event(l[6]), closed: event(l[7]), alerts: []};
  life.lane.lives.push(life);
  return life;
});
const pids = new Set(lanes.map(l => l.pid));
for (const lane of lanes) {
  lane.name = lane.space + ' ' + lane.number;
  lane.anchor = lane.space + '-' + lane.number + (pids.size > 1 ? '-p' + lane.pid : '');
  if (pids.size > 1) lane.name += lane.pid < 0 ? '' : ' of ' + lane.pid;
}
const lifeOf = (lane, generation) => (lane.byGeneration || (lane.byGeneration = new Map(lane.lives.map(l => [l.generation, l])))).get(generation) || null;
const anchors = new Map();
const alerts = D.alerts.map((a, index) => {
  const party = p => p && {...p, thread: T(p.thread), api: T(p.api), owner: T(p.owner), detail: T(p.detail), missing: T(p.missing)};
  const alert = {...a, index, lane: lanes[a.lane], type: T(a.type), summary: T(a.summary), rogue: party(a.rogue), firstClose: party(a.firstClose), victim: party(a.victim)};
  let anchor = a.id;
  for (let n = 2; anchors.has(anchor); n++) anchor = a.id + '~' + n;
  anchors.set(anchor, alert);
  alert.anchor = anchor;
  alert.href = '#alert-' + encodeURIComponent(anchor);
  alert.lane.alerts.push(alert);
  alert.hit = a.generation < 0 ? null : lifeOf(alert.lane, a.generation);
  alert.from = a.from < 0 ? null : lifeOf(alert.lane, a.from);
  if (alert.hit) alert.hit.alerts.push(alert);
  return alert;
});
const kindsThere = Object.keys(D.kinds).filter(k => alerts.some(a => a.kind === k));

const frameText = i => D.frames[i][0];
function site(stack) {
  if (stack === undefined || stack < 0) return '';
  const app = D.stacks[stack].find(f => D.frames[f][1]);
  return app === undefined ? '' : frameText(app);
}
const place = p => !p ? '' : site(p.stack) || p.api || (p.thread ? 'thread "' + p.thread + '"' : 'not seen');
function guilty(alert) {
  return alert.culprit === 'rogue' ? alert.rogue : alert.culprit === 'firstClose' ? alert.firstClose : null;
}

// ---- owners: a colour and a shape each, the commonest first

const plainOwner = text => text.replace(/[ @].*$/, '');
const shortName = text => text.replace(/^.*\.(?=[^.]+\.[^.A-Z][^.]*$)|^.*\.(?=[A-Z][^.]*$)/, '');
for (const life of lives) life.owner = plainOwner(life.ownerText) || (life.opened && life.opened.api) || life.type;
const ownerCounts = new Map();
for (const life of lives) ownerCounts.set(life.owner, (ownerCounts.get(life.owner) || 0) + 1 + 1e6 * life.alerts.length);
const owners = [...ownerCounts.keys()].sort((a, b) => ownerCounts.get(b) - ownerCounts.get(a));
const ownerRank = new Map(owners.map((o, i) => [o, i]));
const SHAPES = [
  r => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  r => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  r => `M0 ${-r}L${r} ${r}H${-r}z`,
  r => `M0 ${-r * 1.2}L${r * 1.2} 0L0 ${r * 1.2}L${-r * 1.2} 0z`,
  r => `M0 ${r}L${r} ${-r}H${-r}z`,
  r => `M${-r / 3} ${-r}h${r / 1.5}v${r / 1.5}h${r / 1.5}v${r / 1.5}h${-r / 1.5}v${r / 1.5}h${-r / 1.5}v${-r / 1.5}h${-r / 1.5}v${-r / 1.5}h${r / 1.5}z`,
  r => `M${-r / 2} ${-r}h${r}L${r} 0L${r / 2} ${r}h${-r}L${-r} 0z`,
];
const colour = owner => 'c' + (ownerRank.get(owner) || 0) % 8;
const shape = (owner, r) => SHAPES[(ownerRank.get(owner) || 0) % SHAPES.length](r);
const glyph = owner => s('svg', {width: 13, height: 13, viewBox: '-7 -7 14 14', 'aria-hidden': 'true'}, s('path', {d: shape(owner, 5), class: colour(owner)}));
const ownerTag = owner => h('span', {class: 'owner', title: owner}, glyph(owner), shortName(owner));

const LEVEL_SHAPES = {ERROR: 'M4 0h4l4 4v4l-4 4h-4l-4-4v-4z', WARN: 'M6 0L12 11H0z', INFO: 'M6 0a6 6 0 1 0 .01 0z'};
const levelTag = level => h('span', {class: 'level ' + level}, s('svg', {width: 11, height: 11, viewBox: '0 0 12 12', 'aria-hidden': 'true'}, s('path', {d: LEVEL_SHAPES[level]})), level);
const laneLink = lane => h('a', {href: '#' + lane.anchor, class: 'lane-link'}, lane.name);

// ---- filters

const filter = {kinds: new Set(kindsThere), cls: '', thread: '', port: '', incident: -1};
let textHits = new Map(), stackHits = new Map();
function textHas(text) {
  if (!text) return false;
  let hit = textHits.get(text);
  if (hit === undefined) textHits.set(text, hit = text.toLowerCase().includes(filter.cls));
  return hit;
}
function stackHas(stack) {
  if (stack === undefined || stack < 0) return false;
  let hit = stackHits.get(stack);
  if (hit === undefined) stackHits.set(stack, hit = D.stacks[stack].some(f => textHas(frameText(f))));
  return hit;
}
const hasThread = text => !!text && text.toLowerCase().includes(filter.thread);
function hasPort(text) {
  for (let at = text ? text.indexOf(':' + filter.port) : -1; at >= 0; at = text.indexOf(':' + filter.port, at + 1))
    if (!/\d/.test(text.charAt(at + 1 + filter.port.length))) return true;
  return false;
}
const partiesOf = a => [a.rogue, a.firstClose, a.victim].filter(Boolean);
function alertFits(a) {
  if (!filter.kinds.has(a.kind) || filter.incident >= 0 && a.incident !== filter.incident) return false;
  const parties = partiesOf(a);
  return (!filter.cls || parties.some(p => textHas(p.owner) || textHas(p.api) || stackHas(p.stack)))
    && (!filter.thread || parties.some(p => hasThread(p.thread)))
    && (!filter.port || parties.some(p => hasPort(p.detail)));
}
function lifeFits(l) {
  const events = [l.opened, l.closed].filter(Boolean);
  return (!filter.cls || textHas(l.ownerText) || events.some(e => textHas(e.api) || stackHas(e.stack)))
    && (!filter.thread || events.some(e => hasThread(e.thread)))
    && (!filter.port || hasPort(l.detail));
}
const onlySomeKinds = () => filter.kinds.size < kindsThere.length || filter.incident >= 0;
const laneFits = lane => lane.alerts.some(alertFits) || !onlySomeKinds() && (!filter.cls && !filter.thread && !filter.port || lane.lives.some(lifeFits));

let pending = 0;
function filterChanged() {
  clearTimeout(pending);
  pending = setTimeout(() => {
    textHits = new Map();
    stackHits = new Map();
    renderLists();
  }, 120);
}

function filters() {
  const field = (id, label, key, hint) => h('label', {class: 'field'}, label, h('input', {type: 'text', id, placeholder: hint, autocomplete: 'off', spellcheck: 'false', oninput: e => {
    filter[key] = key === 'port' ? e.target.value.replace(/\D/g, '') : e.target.value.trim().toLowerCase();
    filterChanged();
  }}));
  return h('form', {class: 'filters', role: 'search', 'aria-label': 'Filters', onsubmit: e => e.preventDefault(), onreset: () => {
    Object.assign(filter, {kinds: new Set(kindsThere), cls: '', thread: '', port: '', incident: -1});
    filterChanged();
  }},
  kindsThere.length < 2 ? null : h('fieldset', {}, h('legend', {}, 'Kinds'), kindsThere.map(k => h('label', {class: 'chip', title: D.kinds[k][1]},
    h('input', {type: 'checkbox', checked: true, value: k, onchange: e => {
      e.target.checked ? filter.kinds.add(k) : filter.kinds.delete(k);
      filterChanged();
    }}), h('span', {class: 'kind'}, k)))),
  field('f-class', 'Class or method', 'cls', 'com.acme.Pool'), field('f-thread', 'Thread', 'thread', 'worker-3'), field('f-port', 'Port', 'port', '8080'),
  h('button', {type: 'reset'}, 'Show all'));
}

// ---- tables: sorted by any column, a page at a time, so that a hundred thousand rows cost no more than fifty

function table({caption, columns, rows, per = 50, sort = -1, down = false, empty}) {
  let page = 0, by = sort, reverse = down, sorted = rows;
  const body = h('tbody'), heads = [], pager = h('div', {class: 'pager'});
  const pages = () => Math.max(1, Math.ceil(rows.length / per));
  const go = to => { page = Math.min(Math.max(0, to), pages() - 1); draw(); };
  const step = (label, to) => h('button', {type: 'button', 'aria-label': label + ' page of ' + caption, onclick: () => go(to())}, label);
  const buttons = [step('First', () => 0), step('Previous', () => page - 1), step('Next', () => page + 1), step('Last', () => pages() - 1)];
  const where = h('span', {'aria-live': 'polite'});
  function order() {
    sorted = rows;
    if (by >= 0) {
      const key = columns[by].key, sign = reverse ? -1 : 1;
      sorted = rows.map((row, i) => [key(row), i, row]).sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : a[1] - b[1])).map(x => x[2]);
    }
    heads.forEach((th, i) => i === by ? th.setAttribute('aria-sort', reverse ? 'descending' : 'ascending') : th.removeAttribute('aria-sort'));
  }
  function draw() {
    body.replaceChildren(...sorted.slice(page * per, (page + 1) * per).map(row => h('tr', {}, columns.map(c => h('td', {class: c.cls}, c.cell(row))))));
    where.textContent = count(page * per + 1) + '\u2013' + count(Math.min(rows.length, (page + 1) * per)) + ' of ' + count(rows.length);
    buttons[0].disabled = buttons[1].disabled = page === 0;
    buttons[2].disabled = buttons[3].disabled = page === pages() - 1;
  }
  if (!rows.length) return h('p', {class: 'soft'}, empty);
  columns.forEach((c, i) => heads.push(h('th', {scope: 'col', class: c.cls}, c.key ? h('button', {type: 'button', onclick: () => {
    reverse = by === i ? !reverse : !!c.down;
    by = i;
    order();
    go(0);
  }}, c.name) : c.name)));
  order();
  draw();
  if (rows.length > per) pager.append(...buttons, where);
  return h('div', {}, h('div', {class: 'scroll'}, h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, heads)), body)), rows.length > per ? pager : null);
}

// ---- drawing one number's story: every event in its order, as far apart as can be read

const TALL = {arrow: 62, bar: 26, label: 78};
function strike(x1, x2, top, bend, use, title) {
  const d = x1 === null || x2 - x1 < 8 ? `M${x2} ${top - bend}V${top - 9}` : `M${x1} ${top - 2}C${x1} ${top - bend},${x2} ${top - bend},${x2} ${top - 9}`;
  return s('g', {class: 'strike-arrow'}, s('title', {}, title), s('path', {class: 'strike' + (use ? ' use' : ''), d}), s('path', {class: 'hit', d: `M${x2} ${top}l-5 -10h10z`}));
}
const cross = (x, y, r) => ['cross halo', 'cross'].map(c => s('path', {class: c, d: `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}`}));
const isUse = a => a.kind.startsWith('USE_');
// What strikes nobody has no arrow.
const strikes = a => a.kind !== 'LEAK' && a.kind !== 'REDUNDANT_CLOSE';
const NOTICED = {LEAK: 'leak found', HIDDEN_CLOSE: 'found closed', DOUBLE_CLOSE: 'closed again', REDUNDANT_CLOSE: 'closed again'};
// Rogue by its key only, where the first close is guilty.
const rogueLabel = a => (a.culprit === 'firstClose' ? 'innocent ' : 'rogue ') + (isUse(a) ? 'use' : 'close');
const noticed = a => isUse(a) ? rogueLabel(a) : NOTICED[a.kind] || rogueLabel(a);
const roguePhrase = a => (a.rogue && a.rogue.thread ? '"' + a.rogue.thread + '"' : 'somebody unseen') + (isUse(a) ? ' uses' : ' closes') + ' ' + a.lane.name;
function lifeTitle(l) {
  return l.lane.name + ', generation ' + l.generation + ': ' + l.type + ' of ' + l.owner + ', ' + l.state
    + (l.opened ? '\nopened ' + iso(l.opened.time) + (l.opened.thread ? ' by "' + l.opened.thread + '"' : '') : '\nopening not known')
    + (l.closed ? '\nclosed ' + iso(l.closed.time) + (l.closed.thread ? ' by "' + l.closed.thread + '"' : ', not seen') : '') + (l.detail ? '\n' + l.detail : '');
}

function story(lane, shownLives, shownAlerts, reference) {
  const steps = [];
  const step = (time, order, key, what, who) => {
    let known = steps.find(x => x.key === key);
    if (!known) steps.push(known = {time, order, key, what, who});
    return known;
  };
  const closeKey = (l, e) => 'c' + e.time + e.thread;
  for (const l of shownLives) {
    if (l.opened && l.opened.time) step(l.opened.time, l.generation * 2, 'o' + l.generation, 'opened', l.opened.thread);
    if (l.closed && l.closed.time) step(l.closed.time, l.generation * 2 + 1, closeKey(l, l.closed), l.closed.what === 'unseen close' ? 'closed, unseen' : l.closed.what === 'close' ? 'closed' : l.closed.what, l.closed.thread);
  }
  for (const a of shownAlerts) {
    if (!a.time) continue;
    const e = {time: a.time, thread: a.rogue ? a.rogue.thread : ''};
    const x = step(a.time, 1e15, closeKey(null, e), noticed(a), e.thread);
    x.alert = a;
    if (a.rogue && KILLS.includes(a.kind)) x.what = rogueLabel(a);
    const first = a.firstClose && steps.find(y => y.key === 'c' + a.firstClose.time + a.firstClose.thread);
    if (first && first !== x) first.what = a.kind === 'LEAK' ? 'closed in the end' : 'first close';
  }
  steps.sort((a, b) => a.time - b.time || a.order - b.order);
  const gap = 172, left = 40, width = left * 2 + gap * Math.max(1, steps.length - 1) + 110;
  steps.forEach((x, i) => { x.x = left + 20 + i * gap; });
  const at = key => { const x = steps.find(y => y.key === key); return x ? x.x : null; };
  const top = TALL.arrow, middle = top + TALL.bar / 2;
  const height = TALL.arrow + TALL.bar + TALL.label;
  const svg = s('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'History of ' + lane.name + ': ' + steps.map(x => x.what + (x.who ? ' by ' + x.who : '')).join(', ')});
  for (const l of shownLives) {
    const from = l.opened && at('o' + l.generation), to = l.closed && at(closeKey(l, l.closed));
    const x1 = from === null || from === undefined ? (to ? Math.max(0, to - gap * .7) : 0) : from, x2 = to === null || to === undefined ? width - 12 : to;
    const w = Math.max(10, x2 - x1 - 3);
    svg.append(s('g', {class: 'life', 'data-generation': l.generation}, s('title', {}, lifeTitle(l)),
      s('rect', {x: x1, y: top, width: w, height: TALL.bar, rx: 4, class: colour(l.owner) + (l.opened ? '' : ' faded')}),
      s('path', {class: 'mark', transform: `translate(${x1 + 13} ${middle})`, d: shape(l.owner, 5)}),
      w > 60 ? s('text', {class: 'inbar', x: x1 + 24, y: middle + 4}, cut(shortName(l.owner), Math.floor((w - 34) / 7))) : null,
      !l.closed && l.state !== 'killed' ? s('path', {class: colour(l.owner), d: `M${x1 + w - 1} ${top}l10 13l-10 13z`}) : null,
      l.state === 'killed' ? cross(x2 - 4, middle, 7) : null));
  }
  for (const a of shownAlerts) {
    const x2 = at(closeKey(null, {time: a.time, thread: a.rogue ? a.rogue.thread : ''}));
    if (x2 === null || !strikes(a)) continue;
    const from = a.from && a.from.closed && shownLives.includes(a.from) ? at(closeKey(a.from, a.from.closed)) : null;
    svg.append(strike(from, x2, top, 46, isUse(a), a.summary));
    svg.append(s('text', {class: 'label', x: from === null ? x2 + 8 : (from + x2) / 2, y: from === null ? 18 : 14, 'text-anchor': from === null ? 'start' : 'middle'}, cut(roguePhrase(a), from === null ? 30 : 60)));
  }
  steps.forEach(x => svg.append(s('path', {class: 'grid', d: `M${x.x} ${top + TALL.bar + 2}v8`}),
    s('text', {class: 'strong', x: x.x, y: top + TALL.bar + 24, 'text-anchor': 'middle'}, cut(x.what, 22)),
    s('text', {x: x.x, y: top + TALL.bar + 40, 'text-anchor': 'middle'}, cut(x.who ? 'by ' + x.who : x.what === 'leak found' ? '' : 'by whom is unknown', 24)),
    s('text', {class: 'label', x: x.x, y: top + TALL.bar + 56, 'text-anchor': 'middle'}, ago(x.time, reference) || iso(x.time).slice(11, 23))));
  return h('div', {class: 'story', tabindex: 0, role: 'group', 'aria-label': 'History, scrolls sideways'}, svg);
}

// ---- detail of an alert, and of a number

function stackList(stack) {
  if (stack === undefined || stack < 0) return null;
  return h('ol', {class: 'stack'}, D.stacks[stack].map(f => h('li', {class: D.frames[f][1] ? 'app' : null}, code(frameText(f)))));
}
function partyCard(alert, p, title, isGuilty, kind) {
  if (!p) return null;
  const facts = [['Thread', p.thread && (p.virtual ? 'virtual, ' : '') + '"' + p.thread + '" (' + p.threadId + ')'], ['Time', p.time && iso(p.time) + (ago(p.time, alert.time) ? ', ' + ago(p.time, alert.time) : '')],
    ['Through', p.api], ['Owner', p.owner], ['Detail', p.detail]].filter(f => f[1]);
  return h('article', {class: 'party ' + kind + (isGuilty ? ' guilty' : '')}, h('h3', {}, title, isGuilty ? [' ', h('span', {class: 'tag'}, 'culprit')] : null),
    h('dl', {class: 'facts'}, facts.map(f => [h('dt', {}, f[0]), h('dd', {}, f[1])])),
    stackList(p.stack) || h('p', {class: 'soft small'}, 'No stack: ' + p.missing));
}
function copyButton(text) {
  return h('button', {type: 'button', class: 'act', onclick: e => {
    const done = word => { e.target.textContent = word; };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => done('Copied'), () => done('Select it by hand'));
    else done('Select it by hand');
  }}, 'Copy');
}
const closer = () => h('button', {type: 'button', class: 'act', onclick: closeDetail}, 'Close (Esc)');
function near(lane, life, n) {
  const i = life ? lane.lives.indexOf(life) : lane.lives.length - 1;
  const start = Math.max(0, Math.min(i - Math.ceil(n / 2) - 1, lane.lives.length - n));
  return lane.lives.slice(start, start + n);
}

function alertDetail(a) {
  const bad = guilty(a), shown = near(a.lane, a.hit, 5);
  const same = alerts.filter(b => b.incident === a.incident && b !== a).slice(0, 10);
  return [h('div', {class: 'top'}, h('h2', {}, levelTag(a.level), ' ', h('span', {class: 'kind'}, a.kind), ' on ', laneLink(a.lane), ` (${a.type}` + (a.generation < 0 ? ')' : `, generation ${a.generation})`)), closer()),
    h('p', {}, h('strong', {}, a.summary)),
    h('p', {class: 'soft'}, D.kinds[a.kind][1]),
    a.advice >= 0 ? h('p', {class: 'advice'}, h('strong', {}, 'What to do: '), T(a.advice)) : null,
    a.consequence !== undefined ? h('p', {}, h('strong', {}, 'Consequence: '), T(a.consequence)) : null,
    h('p', {}, h('strong', {}, 'Culprit: '), bad ? (bad === a.firstClose ? 'the first close, ' : isUse(a) ? 'the rogue use, ' : 'the rogue close, ') : 'unknown', bad ? code(place(bad)) : null),
    story(a.lane, shown, a.lane.alerts.filter(b => b === a || b.incident === a.incident && shown.includes(b.hit)).slice(0, 4), a.time),
    h('p', {}, h('a', {href: '#' + a.lane.anchor, id: 'to-history'}, 'Whole history of ' + a.lane.name)),
    h('div', {class: 'parties'},
      partyCard(a, a.firstClose, a.kind === 'LEAK' ? 'Closed in the end by' : 'First close', bad === a.firstClose && bad, 'first'), partyCard(a, a.rogue, rogueLabel(a).replace(/^./, c => c.toUpperCase()), bad === a.rogue && bad, 'rogue'),
      partyCard(a, a.victim, a.kind === 'LEAK' ? 'Opened by' : 'Victim, opened by', false, 'victim')),
    same.length ? h('p', {}, 'Same incident: ', same.map((b, i) => [i ? ', ' : '', h('a', {href: b.href}, b.kind + ' on ' + b.lane.name)])) : null,
    h('p', {class: 'suppress'}, 'Suppress with ', h('code', {}, T(a.suppress)), copyButton(T(a.suppress))),
    h('p', {class: 'soft small'}, 'Alert ' + a.id + ', incident ' + T(a.incident) + ', ' + a.confidence + ', ' + plural(a.count, 'occurrence') + ', fingerprint ' + T(a.fingerprint) + ', ' + iso(a.time)
      + (a.process ? ', process ' + a.process.pid + (a.process.main ? ' (' + a.process.main + ')' : '') : ''))];
}

const lifeAlerts = l => l.alerts.map((a, i) => [i ? ', ' : '', h('a', {href: a.href}, a.kind)]);
const momentCell = e => !e ? h('span', {class: 'soft'}, 'not known') : [clock(e.time), e.thread ? ' by "' + e.thread + '"' : ' by whom is unknown', h('br'), code(site(e.stack) || e.api || '')];
function laneDetail(lane) {
  const striking = lane.lives.filter(l => l.alerts.length);
  const shown = lane.lives.length <= 12 ? lane.lives : near(lane, striking[striking.length - 1], 12);
  return [h('div', {class: 'top'}, h('h2', {}, 'History of ' + lane.name), closer()),
    h('p', {class: 'soft'}, plural(lane.lives.length, 'life').replace('lifes', 'lives') + ' known, ' + plural(lane.alerts.length, 'alert') + '.' + (shown.length < lane.lives.length ? ' Drawn are ' + shown.length + ' of them; the table has all.' : '')),
    lane.alerts.length ? h('ul', {}, lane.alerts.slice(0, 20).map(a => h('li', {}, levelTag(a.level), ' ', h('a', {href: a.href}, a.kind), ' ', a.summary))) : null,
    story(lane, shown, lane.alerts.filter(a => shown.includes(a.hit)).slice(-8), 0),
    table({caption: 'Lives of ' + lane.name, rows: lane.lives, per: 25, sort: 0, empty: 'No life of it is known.', columns: [
      {name: 'Generation', cls: 'num', key: l => l.generation, cell: l => l.generation < 0 ? 'before the agent' : String(l.generation)},
      {name: 'Type', cls: 'nowrap', key: l => l.type, cell: l => l.type}, {name: 'Owner', key: l => l.owner, cell: l => [ownerTag(l.owner), l.detail ? h('div', {class: 'soft small'}, l.detail) : null]},
      {name: 'State', cls: 'nowrap', key: l => l.state, cell: l => l.state},
      {name: 'Opened', key: l => l.opened ? l.opened.time : 0, cell: l => momentCell(l.opened)}, {name: 'Closed', key: l => l.closed ? l.closed.time : 0, cell: l => l.state === 'open' ? '' : momentCell(l.closed)},
      {name: 'Alerts', cell: lifeAlerts}]})];
}

let detailFrom = null;
function show(content) {
  const detail = $('detail');
  detail.replaceChildren(...content.flat(Infinity).filter(x => x !== null && x !== undefined && x !== ''));
  detail.hidden = false;
  detail.scrollIntoView();
  detail.focus({preventScroll: true});
  for (const box of detail.querySelectorAll('.story')) {
    const marks = box.querySelectorAll('.hit'), last = marks[marks.length - 1];
    if (last) box.scrollLeft = Math.max(0, last.getBBox().x - box.clientWidth * .75);
  }
}
function closeDetail() {
  if ($('detail').hidden) return;
  $('detail').hidden = true;
  history.replaceState(null, '', location.pathname + location.search);
  if (detailFrom && document.contains(detailFrom)) detailFrom.focus();
  else $('alerts').focus();
}
function route() {
  let word;
  try { word = decodeURIComponent(location.hash.slice(1)); } catch (e) { word = location.hash.slice(1); }
  if (word.startsWith('alert-')) {
    const alert = anchors.get(word.slice(6));
    show(alert ? alertDetail(alert) : [h('p', {}, 'No alert ' + word.slice(6) + ' is in this report.'), closer()]);
  } else if (/^(fd|handle|crt-fd|pthread)-\d+/.test(word)) {
    const lane = lanes.find(l => l.anchor === word) || lanes.find(l => l.space + '-' + l.number === word);
    show(lane ? laneDetail(lane) : [h('p', {}, 'Nothing is known of ' + word.replace(/-(?=\d)/, ' ') + ' in this report.'), closer()]);
  }
}

// ---- the sections

function tiles() {
  const tile = (value, label, cls, href) => h('div', {class: 'tile ' + (cls || '')}, h('b', {}, value), href ? h('a', {href}, label) : label);
  const of = level => alerts.filter(a => a.level === level);
  const all = [];
  for (const level of LEVELS) if (of(level).length) all.push(tile(count(of(level).length), level + (of(level).length === 1 ? ' alert' : ' alerts'), level, '#alerts'));
  if (!alerts.length) all.push(tile('0', 'alerts', '', '#alerts'));
  else all.push(tile(count(alerts.reduce((n, a) => n + a.count, 0)), 'occurrences'));
  const S = D.snapshot;
  if (S) {
    const opened = S.totals.reduce((n, t) => n + t.opened, 0), closed = S.totals.reduce((n, t) => n + t.closed, 0);
    all.push(tile(count(opened - closed), 'open handles', '', '#open'), tile(count(opened), 'opened since ' + iso(S.since).slice(0, 19).replace('T', ' ')));
    if (S.unclassified) all.push(tile(count(S.unclassified.length), 'handles nobody can explain', S.unclassified.length ? 'WARN' : '', '#coverage'));
    if (S.dropped) all.push(tile(count(S.dropped), 'alerts that could not be written', 'WARN', '#coverage'));
  } else all.push(tile(count(lanes.length), 'numbers concerned', '', '#lanes'));
  $('tiles').replaceChildren(...all);
}

const alertList = h('div', {id: 'alert-list'}), laneList = h('div', {id: 'lane-list'}), closerList = h('div'), openList = h('div');
function renderAlerts() {
  const rows = alerts.filter(alertFits);
  const rank = level => LEVELS.indexOf(level);
  const incident = filter.incident < 0 ? null : h('p', {}, 'Only incident ' + T(filter.incident) + '.');
  alertList.replaceChildren(...[incident, table({caption: plural(rows.length, 'alert') + (rows.length < alerts.length ? ' of ' + count(alerts.length) : '') + ', the gravest first; a repeat is counted', rows, sort: 0, per: 25,
    empty: alerts.length ? 'No alert fits the filters.' : 'No alert: nobody closed or used what was not his, as far as was seen.', columns: [
      {name: 'Level', cls: 'nowrap', key: a => rank(a.level), cell: a => levelTag(a.level)},
      {name: 'Kind', cls: 'nowrap', key: a => a.kind, cell: a => h('span', {class: 'kind', title: D.kinds[a.kind][1]}, a.kind)},
      {name: 'What happened', key: a => a.summary, cell: a => h('a', {href: a.href, class: 'alert-link'}, a.summary)},
      {name: 'Handle', cls: 'nowrap', key: a => a.lane.number, cell: a => [laneLink(a.lane), ' ', h('span', {class: 'soft small'}, a.type)]},
      {name: 'Culprit', key: a => place(guilty(a)), cell: a => guilty(a) ? code(place(guilty(a))) : h('span', {class: 'soft'}, 'unknown')},
      {name: 'Times', cls: 'num', down: true, key: a => a.count, cell: a => count(a.count)},
      {name: 'When', cls: 'nowrap', key: a => a.time, cell: a => clock(a.time)}]})].filter(Boolean));
}

// The overview: a row a number. "In order" spaces all events evenly, since ten milliseconds may matter in a week's run.
const view = {page: 0, per: 30, mode: 'order', from: 0, to: 1};
function drawLane(lane, position, width) {
  const x = t => (position(t) - view.from) / (view.to - view.from) * width;
  const svg = s('svg', {width, height: 34, viewBox: `0 0 ${width} 34`, preserveAspectRatio: 'none', 'aria-hidden': 'true'});
  const top = 13, tall = 16, middle = top + tall / 2;
  const gap = lane.lives.length > 100 ? 10 : 4;
  let many = null;
  const flush = () => {
    if (many) svg.append(s('g', {}, s('title', {}, count(many.n) + ' lives' + (many.bad ? ', ' + count(many.bad) + ' of them with an alert' : '')), s('rect', {class: many.bad ? 'many bad' : 'many', x: many.x1, y: top, width: Math.max(2, many.x2 - many.x1), height: tall})));
    many = null;
  };
  for (const l of lane.lives) {
    const x1 = l.opened && l.opened.time ? x(l.opened.time) : many || !l.closed || !l.closed.time ? 0 : Math.max(0, x(l.closed.time) - 30);
    const x2 = l.closed && l.closed.time ? x(l.closed.time) : l.state === 'closed' || l.state === 'killed' ? x1 + 12 : width;
    if (x2 < 0 || x1 > width) continue;
    if (x2 - x1 < 4) {
      if (many && x1 - many.x2 < gap) { many.x2 = Math.max(many.x2, x2); many.n++; } else { flush(); many = {x1, x2, n: 1, bad: 0}; }
      if (l.alerts.length) many.bad++;
      continue;
    }
    flush();
    const a = Math.max(-5, x1), w = Math.max(3, Math.min(width + 5, x2) - a - 1);
    svg.append(s('g', {}, s('title', {}, lifeTitle(l)), s('rect', {x: a, y: top, width: w, height: tall, rx: 3, class: colour(l.owner) + (l.opened ? '' : ' faded')}),
      w > 8 && x1 >= -1 ? s('path', {class: 'mark', transform: `translate(${w > 18 ? a + 9 : a + w / 2} ${middle})`, d: shape(l.owner, w > 12 ? 4 : 3)}) : null,
      l.state === 'killed' && x2 <= width + 5 ? cross(Math.max(x2, a + 4) - 2, middle, 5) : null));
  }
  flush();
  const apart = lane.alerts.length > 40 ? 30 : 6;
  let lastX = -99;
  for (const a of lane.alerts) {
    if (!alertFits(a) || !strikes(a)) continue;
    const x2 = x(a.time);
    if (x2 < 0 || x2 > width || x2 - lastX < apart) continue;
    lastX = x2;
    const x1 = a.from && a.from.closed && a.from.closed.time ? x(a.from.closed.time) : null;
    svg.append(strike(x1, x2, top + 1, 16, isUse(a), a.summary));
  }
  return svg;
}
function renderLanes() {
  const fitting = lanes.filter(laneFits).sort((a, b) => (b.alerts.length > 0) - (a.alerts.length > 0) || a.pid - b.pid || (a.space < b.space ? -1 : a.space > b.space ? 1 : a.number - b.number));
  const pages = Math.max(1, Math.ceil(fitting.length / view.per));
  view.page = Math.min(view.page, pages - 1);
  const shown = fitting.slice(view.page * view.per, (view.page + 1) * view.per);
  const times = [];
  for (const lane of shown) {
    for (const l of lane.lives) { if (l.opened && l.opened.time) times.push(l.opened.time); if (l.closed && l.closed.time) times.push(l.closed.time); }
    for (const a of lane.alerts) if (a.time) times.push(a.time);
  }
  const order = Float64Array.from(new Set(times)).sort();
  const n = order.length, first = order[0] || 0, last = D.snapshot ? Math.max(D.snapshot.time, order[n - 1] || 0) : order[n - 1] || 0;
  const rank = t => { let a = 0, b = n; while (a < b) { const m = a + b >> 1; if (order[m] < t) a = m + 1; else b = m; } return a; };
  const position = view.mode === 'order' ? t => (rank(t) + .5) / (n + .5) : t => last > first ? .01 + .98 * (t - first) / (last - first) : .5;
  const timeAt = f => view.mode === 'order' ? order[Math.max(0, Math.min(n - 1, Math.round(f * (n + .5) - .5)))] : first + (f - .01) / .98 * (last - first);
  laneList.replaceChildren();
  if (!shown.length) {
    laneList.append(h('p', {class: 'soft'}, lanes.length ? 'No number fits the filters.' : 'Nothing is known of any number.'));
    return;
  }
  const width = Math.max(200, (laneList.clientWidth || 900) - 160);
  const zoom = (a, b) => { const size = Math.min(1, Math.max(1e-7, b - a)); view.from = Math.max(0, Math.min(1 - size, a)); view.to = view.from + size; renderLanes(); };
  const act = (label, name, f) => h('button', {type: 'button', class: 'act', 'aria-label': name, title: name, 'data-act': name, onclick: () => { f(); const b = laneList.querySelector('[data-act="' + name + '"]'); if (b) b.focus(); }}, label);
  const size = view.to - view.from, mid = (view.from + view.to) / 2;
  const mode = (value, label) => h('label', {class: 'chip'}, h('input', {type: 'radio', name: 'mode', checked: view.mode === value, onchange: () => { view.mode = value; view.from = 0; view.to = 1; renderLanes(); laneList.querySelector('input:checked').focus(); }}), label);
  laneList.append(h('div', {class: 'tools', role: 'group', 'aria-label': 'Time axis'}, mode('order', 'events in order'), mode('clock', 'by the clock'),
    act('+', 'Zoom in', () => zoom(mid - size / 4, mid + size / 4)), act('\u2212', 'Zoom out', () => zoom(mid - size, mid + size)),
    act('\u2190', 'Earlier', () => zoom(view.from - size / 2, view.to - size / 2)), act('\u2192', 'Later', () => zoom(view.from + size / 2, view.to + size / 2)), act('All', 'Whole time', () => zoom(0, 1)),
    h('span', {class: 'soft small'}, plural(fitting.length, 'number') + ', those with alerts first; \u2715 was closed by a stranger, the arrow comes from whose handle was closed before; grey: many short lives')));
  laneList.append(h('div', {role: 'list'}, shown.map(lane => {
    const row = h('div', {class: 'lane', role: 'listitem'}, h('div', {}, laneLink(lane), ' ', lane.alerts.length ? h('span', {class: 'bad'}, plural(lane.alerts.length, 'alert')) : h('span', {class: 'soft small'}, count(lane.lives.length))), drawLane(lane, position, width));
    return row;
  })));
  if (n) laneList.append(h('div', {class: 'axis'}, [0, .25, .5, .75, 1].map(f => h('span', {}, iso(Math.round(timeAt(view.from + f * size))).slice(11, 23)))));
  const go = to => { view.page = to; renderLanes(); };
  if (pages > 1) laneList.append(h('div', {class: 'pager'}, h('button', {type: 'button', disabled: view.page === 0, onclick: () => go(view.page - 1)}, 'Previous'),
    h('button', {type: 'button', disabled: view.page === pages - 1, onclick: () => go(view.page + 1)}, 'Next'), h('span', {}, count(view.page * view.per + 1) + '\u2013' + count(Math.min(fitting.length, (view.page + 1) * view.per)) + ' of ' + count(fitting.length))));
}
function legend() {
  const shown = owners.slice(0, 14);
  return h('ul', {class: 'legend', 'aria-label': 'Owners'}, shown.map(o => h('li', {}, h('button', {type: 'button', title: 'Show only ' + o, onclick: () => { $('f-class').value = o; filter.cls = o.toLowerCase(); filterChanged(); }}, ownerTag(o)))),
    owners.length > shown.length ? h('li', {class: 'soft'}, plural(owners.length - shown.length, 'more owner')) : null);
}

const RELATIONS = {foreign: 'closed by a stranger', again: 'closed once more', unseen: 'closed unseen', own: 'closed by its owner'};
function renderClosers() {
  const groups = new Map();
  const add = (who, api, what, relation, n, thread, alert) => {
    const key = [who, api, what, relation].join('\n');
    let g = groups.get(key);
    if (!g) groups.set(key, g = {who, api, what, relation, n: 0, threads: new Set(), alerts: []});
    g.n += n;
    if (thread && g.threads.size < 4) g.threads.add(thread);
    if (alert && g.alerts.length < 20) g.alerts.push(alert);
  };
  const some = onlySomeKinds();
  for (const l of lives) {
    if (!l.closed || l.state === 'open') continue;
    const alert = l.alerts.find(a => KILLS.includes(a.kind)) || null;
    if (some && !l.alerts.some(alertFits) || !lifeFits(l) && !l.alerts.some(alertFits)) continue;
    const relation = l.state === 'killed' ? 'foreign' : l.closed.what === 'unseen close' ? 'unseen' : 'own';
    add(site(l.closed.stack) || 'not captured', l.closed.api || 'not seen', l.owner, relation, alert ? alert.count : 1, l.closed.thread, alert);
  }
  for (const a of alerts)
    if (a.kind === 'DOUBLE_CLOSE' && a.rogue && alertFits(a)) add(site(a.rogue.stack) || 'not captured', a.rogue.api || 'not seen', plainOwner(a.rogue.owner) || (a.hit ? a.hit.owner : a.type), 'again', a.count, a.rogue.thread, a);
  const rank = {foreign: 0, again: 1, unseen: 2, own: 3};
  const rows = [...groups.values()].sort((a, b) => rank[a.relation] - rank[b.relation] || b.n - a.n);
  closerList.replaceChildren(table({caption: 'Closes by place, strangers first', rows, empty: 'No close is known.', per: 25, columns: [
    {name: 'Who closes', key: g => g.who, cell: g => [code(g.who), h('div', {class: 'soft small'}, 'through ' + g.api)]},
    {name: 'What', key: g => g.what, cell: g => ownerTag(g.what)},
    {name: 'How', cls: 'nowrap', key: g => rank[g.relation], cell: g => g.relation === 'own' ? RELATIONS.own : h('strong', {}, RELATIONS[g.relation])},
    {name: 'Times', cls: 'num', down: true, key: g => g.n, cell: g => count(g.n)},
    {name: 'Threads', cell: g => [...g.threads].slice(0, 3).map(t => '"' + t + '"').join(', ') + (g.threads.size > 3 ? ', \u2026' : '')},
    {name: 'Alerts', cell: g => g.alerts.slice(0, 3).map((a, i) => [i ? ', ' : '', h('a', {href: a.href}, a.id)])}]}));
}

const AGES = [['under 1 s', 1e6], ['under 1 min', 6e7], ['under 10 min', 6e8], ['under 1 h', 3.6e9], ['under 1 day', 8.64e10], ['older', Infinity]];
function barChart(title, entries) {
  const most = Math.max(...entries.map(e => e[1]), 1);
  return h('div', {}, h('h3', {}, title), h('div', {class: 'barchart'}, entries.map(([name, n]) => {
    const bar = h('div', {'aria-hidden': 'true'});
    bar.style.width = 100 * n / most + '%';
    return [h('span', {}, name), bar, h('span', {}, count(n))];
  })));
}
function renderOpen() {
  const S = D.snapshot;
  if (!S) {
    openList.replaceChildren(h('p', {class: 'soft'}, 'An alerts file does not tell what is open. The option report=PATH, and the command report with a process id, do.'));
    return;
  }
  const open = lives.filter(l => (l.state === 'open' || l.state === 'closing') && lifeFits(l));
  const age = l => l.opened && l.opened.time ? Math.max(0, S.time - l.opened.time) : -1;
  const types = new Map(), ages = AGES.map(a => [a[0], 0]), groups = new Map();
  let unknown = 0;
  for (const l of open) {
    types.set(l.type, (types.get(l.type) || 0) + 1);
    const old = age(l);
    if (old < 0) unknown++; else ages[AGES.findIndex(a => old < a[1])][1]++;
    const where = l.opened ? site(l.opened.stack) || l.opened.api || 'not captured' : 'opened before the agent came';
    const key = where + '\n' + l.owner + '\n' + l.type;
    let g = groups.get(key);
    if (!g) groups.set(key, g = {where, owner: l.owner, type: l.type, lives: [], oldest: 0, youngest: Infinity});
    g.lives.push(l);
    g.oldest = Math.max(g.oldest, old);
    if (old >= 0) g.youngest = Math.min(g.youngest, old);
  }
  if (unknown) ages.push(['unknown', unknown]);
  openList.replaceChildren(open.length ? h('div', {class: 'charts'}, barChart('By type', [...types].sort((a, b) => b[1] - a[1])), barChart('By age', ages.filter(a => a[1]))) : '',
    table({caption: 'Open handles by opening site', rows: [...groups.values()].sort((a, b) => b.lives.length - a.lives.length), per: 25, empty: 'None is open.', columns: [
      {name: 'Opened at', key: g => g.where, cell: g => code(g.where)}, {name: 'Owner', key: g => g.owner, cell: g => ownerTag(g.owner)}, {name: 'Type', cls: 'nowrap', key: g => g.type, cell: g => g.type},
      {name: 'Open', cls: 'num', down: true, key: g => g.lives.length, cell: g => count(g.lives.length)},
      {name: 'Oldest', cls: 'num', down: true, key: g => g.oldest, cell: g => g.oldest > 0 ? span(g.oldest) : ''}, {name: 'Youngest', cls: 'num', key: g => g.youngest, cell: g => g.youngest < Infinity ? span(g.youngest) : ''},
      {name: 'Numbers', cell: g => [g.lives.slice(0, 8).map((l, i) => [i ? ', ' : '', laneLink(l.lane)]), g.lives.length > 8 ? ', \u2026' : '']}]}));
}

function coverage() {
  const S = D.snapshot, box = $('coverage');
  box.append(h('h2', {}, 'Coverage'));
  if (!S) {
    box.append(h('p', {class: 'soft'}, 'An alerts file does not tell what the agent could see. The option report=PATH, the commands list and doctor do.'));
    return;
  }
  box.append(S.problems ? h('p', {class: 'note'}, S.problems) : h('p', {}, 'Everything that notsock knows how to watch on this JVM is watched.'));
  if (S.late) box.append(h('p', {class: 'note'}, 'The agent came to a running JVM: what was opened before ' + iso(S.since) + ' is not known.'));
  if (S.coverage) {
    const total = Object.values(S.coverage).reduce((n, x) => n + x, 0);
    box.append(h('p', {}, count(total) + ' handles are listed by the operating system. ' + (S.unclassified.length ? count(S.unclassified.length) + ' of them nobody can explain:' : 'Every one of them is explained.')),
      S.unclassified.length ? h('ul', {class: 'code'}, S.unclassified.slice(0, 200).map(u => h('li', {}, u))) : '',
      barChart('Handles that the operating system lists', Object.entries(S.coverage).filter(e => e[1])));
  } else box.append(h('p', {class: 'soft'}, 'The operating system gives no list of handles here.'));
  box.append(h('h3', {}, 'Since the agent came'), table({caption: 'Opened and closed', rows: S.totals, empty: 'Nothing was opened.', columns: [
    {name: 'Space', cell: t => t.space}, {name: 'Opened', cls: 'num', cell: t => count(t.opened)}, {name: 'Closed', cls: 'num', cell: t => count(t.closed)}, {name: 'Open now', cls: 'num', cell: t => count(t.opened - t.closed)}]}),
  h('p', {class: 'soft small'}, plural(S.redundant, 'second close()').replace('()s', '() calls') + ' did nothing, as is right; ' + plural(S.dropped, 'alert') + ' could not be written.'));
}

function renderLists() {
  renderAlerts();
  renderLanes();
  renderClosers();
  renderOpen();
}

// ---- the page

const process = (D.snapshot && D.snapshot.process) || (alerts[0] && alerts[0].process) || null;
$('about').textContent = [process && (process.main || 'process ' + process.pid), process && process.main && 'process ' + process.pid + (pids.size > 1 ? ' and others' : ''), process && process.jdk && 'Java ' + process.jdk, process && process.os, 'from ' + D.origin, 'made ' + iso(D.made).slice(0, 19).replace('T', ' ') + ' UTC'].filter(Boolean).join(' \u00b7 ');
document.title = 'notsock: ' + (process && process.main ? process.main : D.origin);
for (const note of D.notes) $('notes').append(h('p', {class: 'note', role: 'status'}, note));
tiles();
$('alerts').append(h('h2', {}, 'Alerts'), filters(), alertList);
$('lanes').append(h('h2', {}, 'Numbers and their lives'), legend(), laneList);
$('closers').append(h('h2', {}, 'Who closes what'), closerList);
$('open').append(h('h2', {}, 'Open handles'), openList);
coverage();
renderLists();
addEventListener('hashchange', route);
document.addEventListener('click', e => { const link = e.target.closest && e.target.closest('a[href^="#"]'); if (link && !$('detail').contains(link)) detailFrom = link; });
let resized = 0;
addEventListener('resize', () => { clearTimeout(resized); resized = setTimeout(renderLanes, 150); });
document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.altKey || e.metaKey) return;
  if (e.key === 'Escape') closeDetail();
  else if (e.key === '/' && !/INPUT|SELECT|TEXTAREA/.test(e.target.tagName)) { e.preventDefault(); $('f-class').focus(); }
});
const underHeader = () => { document.documentElement.style.scrollPaddingTop = (getComputedStyle(document.querySelector('header')).position === 'sticky' ? document.querySelector('header').offsetHeight : 0) + 10 + 'px'; };
underHeader();
addEventListener('resize', underHeader);
route();
document.documentElement.dataset.ready = 'true';
})();
