/* The source panel: draws the section behind a citation, highlights the exact passage, scrolls to it.

   Everything is drawn with createElement and textContent: whatever a guide holds, it stays text. The text of the drawn
   lines, marks of the format included (they are only hidden), is the guide's own, character by character, so the text
   of the <mark> elements is exactly the quote. One instance serves the page; its listeners go with it. */

const STYLES = ["text", "mark", "strong", "emphasis", "code", "formula", "number", "key"]
const TAGS = { strong: "strong", emphasis: "em", code: "code" }

function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

function drawRun([text, styleNumber]) {
  const style = STYLES[styleNumber]
  return make(TAGS[style] ?? "span", "fn-run-" + style, text)
}

/* Neighbouring cited runs share one <mark>. */
function drawRuns(runs, parent) {
  let mark = null
  for (const run of runs) {
    if (!run[2]) mark = null
    else if (!mark) {
      mark = make("mark", "fn-cited")
      parent.append(mark)
    }
    ;(mark ?? parent).append(drawRun(run))
  }
}

function drawRow(line, cellTag) {
  const row = make("tr")
  const columns = new Map()
  let place = row
  for (const run of line.runs) {
    if (run[3] !== null && !columns.has(run[3])) {
      columns.set(run[3], make(cellTag))
      row.append(columns.get(run[3]))
    }
    place = run[3] === null ? place : columns.get(run[3])
    drawRuns([run], place)
  }
  return row
}

function drawLine(line) {
  if (line.kind === "row") return drawRow(line, "td")
  if (line.kind === "header") return drawRow(line, "th")
  const tags = { paragraph: "p", item: "li", code: "pre", formula: "p", gap: "span", heading: "p" }
  const element = make(tags[line.kind], "fn-line fn-" + line.kind)
  if (line.kind === "heading") {
    element.setAttribute("role", "heading")
    element.setAttribute("aria-level", String(Math.min(6, line.level + 2)))
  }
  if (line.kind === "item") {
    element.style.setProperty("--depth", line.level)
    if (line.runs.some((run) => STYLES[run[1]] === "number")) element.classList.add("fn-numbered")
  }
  drawRuns(line.runs, element)
  return element
}

function drawLines(lines) {
  const groups = { row: "table", header: "table", item: "ul" }
  const whole = document.createDocumentFragment()
  let group = null
  for (const line of lines) {
    const tag = groups[line.kind]
    if (!tag) group = null
    else if (group?.tagName.toLowerCase() !== tag) {
      group = make(tag, "fn-group")
      const frame = tag === "table" ? make("div", "fn-table") : group
      if (tag === "table") frame.append(group)
      whole.append(frame)
    }
    const drawn = drawLine(line)
    if (line.noise) drawn.classList.add("fn-noise")
    ;(group ?? whole).append(drawn)
  }
  return whole
}

/* Formulas: Streamlit's own KaTeX makes MathML in a shadow root, which shows in place of the raw text but takes no part
   in the text of the page. Where it is not to be had, the raw formula stays. */
async function drawFormulas(root, address) {
  const blocks = [...root.querySelectorAll(".fn-line.fn-formula")]
  const inline = [...root.querySelectorAll(".fn-run-formula")].filter((element) => !element.closest(".fn-line.fn-formula"))
  const formulas = [...blocks, ...inline.filter((element) => element.textContent.startsWith("$"))]
  if (!formulas.length || !address) return
  let katex
  try {
    const library = await import(new URL(address, document.baseURI).href)
    katex = Object.values(library).map((each) => each?.default ?? each).find((each) => each?.renderToString && each?.render)
  } catch { return }
  if (!katex) return
  for (const element of formulas) {
    const raw = element.textContent.trim()
    const display = blocks.includes(element) || raw.startsWith("$$")
    const tex = raw.replace(/^\$+|\$+$/g, "")
    const shown = document.createElement("span")
    try {
      katex.render(tex, shown, { displayMode: display, output: "mathml", trust: false, throwOnError: true, maxExpand: 200 })
    } catch { continue }
    element.attachShadow({ mode: "open" }).append(shown)
    if (element.querySelector("mark")) element.classList.add("fn-cited-block")
  }
}

function scrollToCited(text) {
  const cited = [...text.querySelectorAll("mark.fn-cited")].find((mark) => mark.getClientRects().length)
  if (!cited) return
  const offset = cited.getBoundingClientRect().top - text.getBoundingClientRect().top
  if (text.scrollHeight > text.clientHeight) text.scrollTop += offset - Math.min(90, text.clientHeight / 4)
  else cited.scrollIntoView({ block: "center" })
}

/* The chip that was clicked before its source was here: its link then went into the address. */
function takeEarly(own, sources) {
  const early = own.early ?? (location.hash.startsWith("#cite-") ? location.hash.slice(6) : null)
  if (!sources[early]) return null
  own.early = null
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search)
  return early
}

/* Streamlit may call with older data after newer, and then cleans up at once: the older is not drawn. */
const newest = new WeakMap()

export default function ({ data, parentElement }) {
  if (data.since < newest.get(parentElement)) return
  newest.set(parentElement, data.since)
  const own = (window.__footnotePanel ??= { shown: null, opener: null, abort: null })
  own.abort?.abort()
  const abort = (own.abort = new AbortController())
  const { signal } = abort
  const sources = data?.sources ?? {}
  parentElement.querySelector(".fn-panel").classList.toggle("fn-reader", Boolean(data?.reader))
  const panel = parentElement.querySelector(".fn-panel")
  const card = parentElement.querySelector(".fn-card")
  const part = (name) => panel.querySelector(".fn-" + name)
  const anchorOf = (link) => link.getAttribute("href").slice(6)
  const linkAt = (event) => (event.target instanceof Element ? event.target.closest('a[href^="#cite-"]') : null)
  const narrow = () => matchMedia("(max-width: 900px)").matches

  function show(anchor, { open = false } = {}) {
    const source = sources[anchor]
    if (!source) return
    own.shown = anchor
    part("count").textContent = `Source ${source.number} of ${source.of}`
    part("title").textContent = source.title
    part("meta").textContent = source.meta
    part("path").textContent = source.path
    part("note").textContent = source.note
    part("note").hidden = !source.note
    part("whole").href = source.address
    part("whole").hidden = !source.address
    const text = part("text")
    text.replaceChildren(drawLines(source.lines))
    text.setAttribute("aria-label", `${source.title}: ${source.path}`)
    panel.classList.remove("fn-empty")
    document.querySelectorAll('a[href^="#cite-"]').forEach((link) => {
      if (anchorOf(link) === anchor) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    })
    if (open && narrow()) {
      panel.setAttribute("popover", "manual")
      panel.showPopover()
    }
    scrollToCited(text)
    drawFormulas(text, data.formulas).then(() => { if (own.shown === anchor) scrollToCited(text) })
  }

  function close({ refocus = false } = {}) {
    if (panel.hasAttribute("popover")) {
      panel.hidePopover()
      panel.removeAttribute("popover")
    }
    if (refocus) own.opener?.focus()
  }

  function step(by) {
    const turn = own.shown?.split("-")[0]
    const anchors = Object.keys(sources).filter((anchor) => anchor.split("-")[0] === turn)
    const next = anchors[anchors.indexOf(own.shown) + by]
    if (next) show(next)
  }

  const hideCard = () => { try { card.hidePopover() } catch {} }
  function showCard(link) {
    const source = sources[anchorOf(link)]
    if (!source || narrow()) return hideCard()
    link.removeAttribute("title")
    card.querySelector(".fn-card-title").textContent = source.title
    card.querySelector(".fn-card-quote").textContent = source.quote
    card.showPopover()
    const at = link.getBoundingClientRect()
    card.style.left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8)) + "px"
    const below = at.bottom + 6
    card.style.top = (below + card.offsetHeight < innerHeight ? below : at.top - card.offsetHeight - 6) + "px"
  }

  /* Streamlit draws answers after this runs: name each chip for screen readers as it appears. */
  function nameChips() {
    document.querySelectorAll('a[href^="#cite-"]:not([aria-label])').forEach((link) => {
      const source = sources[anchorOf(link)]
      if (!source) return
      link.setAttribute("aria-label", `Source ${source.number}: ${source.title}, ${source.path}`)
      link.removeAttribute("target")
      if (anchorOf(link) === own.shown) link.setAttribute("aria-current", "true")
    })
  }

  const listen = (name, act, options = {}) => document.addEventListener(name, act, { signal, ...options })
  listen("click", (event) => {
    const link = linkAt(event)
    if (!link || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    hideCard()
    own.opener = link
    own.early = sources[anchorOf(link)] ? null : anchorOf(link)
    show(anchorOf(link), { open: true })
    if (event.detail === 0 || narrow()) part("text").focus({ preventScroll: true })
  }, { capture: true })
  listen("mouseover", (event) => { const link = linkAt(event); link ? showCard(link) : hideCard() })
  listen("focusin", (event) => {
    const link = linkAt(event)
    link && link.matches(":focus-visible") ? showCard(link) : hideCard()
  })
  listen("keydown", (event) => {
    if (event.key !== "Escape") return
    hideCard()
    if (panel.contains(document.activeElement) || panel.hasAttribute("popover")) close({ refocus: true })
  })
  part("close").onclick = () => close({ refocus: true })
  part("before").onclick = () => step(-1)
  part("after").onclick = () => step(1)

  const watcher = new MutationObserver(nameChips)
  watcher.observe(document.body, { childList: true, subtree: true })
  signal.addEventListener("abort", () => watcher.disconnect())
  nameChips()

  if (data?.latest && data.latest !== own.latest) {
    own.latest = data.latest
    setTimeout(() => document.querySelector(".st-key-question-" + data.latest)?.scrollIntoView({ block: "start" }), 150)
  }

  const wanted = data?.active !== own.asked ? data?.active : own.shown
  own.asked = data?.active
  const early = takeEarly(own, sources)
  if (early) show(early, { open: true })
  else if (sources[wanted]) show(wanted)
  else if (sources[data?.active]) show(data.active)
  else panel.classList.add("fn-empty")

  return () => {
    if (own.abort !== abort) return
    abort.abort()
    close()
  }
}
