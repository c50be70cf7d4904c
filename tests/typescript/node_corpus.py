"""Expressions whose values Node gives and the evaluator must give too: one a line, or more where a line ends in `\\`."""

_TEXT = r"""
1 + 2 * 3 - 4 / 2 % 3
0.1 + 0.2
1 / 3
[1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 1.5e300, -0, 0.00001, 100, 1.0, 5e-324, 2**53, 2**31, 1e5].map(String)
[0x1F, 0b101, 0o17, 1_000_000, .5, 5., 1e3]
[NaN, Infinity, -Infinity].map(String)
[1/0, -1/0, 0/0].map(String)
"5" * "2" + "3"
"5" - 2
+"" + +" 12 " + +"0x1f"
[+"abc", +"1e3", +"1_000", +null, +undefined, +true, +[], +[5], +{}].map(String)
1 + null + true
"a" + null + undefined + true + 1.50
[] + []
[] + {}
[1, [2, [3, null, undefined]]] + ""
`${[1, 2]} ${{}} ${null} ${undefined} ${true} ${1e21}`
[1 < 2, "a" < "b", "10" < "9", "10" < 9, null < 1, undefined < 1, NaN < 1, "B" < "a", "a" < "\u{1F600}", "\uFFFF" < "\u{1F600}"]
[1 == "1", null == undefined, null == 0, "" == 0, [] == "", [1] == 1, NaN == NaN, true == 1, "true" == true, ({}) == "[object Object]"]
[1 === 1.0, "1" === 1, NaN === NaN, 0 === -0, true === 1, null === undefined, [] === []]
[typeof 1, typeof "a", typeof undefined, typeof null, typeof {}, typeof [], typeof (() => 1), typeof 1n, typeof Symbol("x"), typeof class {}, typeof true]
[!0, !"", !"0", !null, ![], !!NaN, !!"a", !0n]
[5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 31, 1 << 32, -1 >>> 0, -1 >> 1, 2 ** 31 | 0, 5.7 | 0, "7" & 3]
[5 % 3, -5 % 3, 5 % -3, 5.5 % 2, String(5 % 0), Object.is(-4 % 2, -0)]
[2 ** 10, 2 ** -1, (-2) ** 3, 2 ** 0.5, String(NaN ** 0)]
[10n + 5n, 10n * 3n, 7n / 2n, -7n / 2n, -7n % 3n, 2n ** 64n, 0xFFn, -5n].map(String)
[1n < 2, 2n == 2, 2n === 2, 1n + 1n === 2n, typeof (5n * 2n)]
[null ?? 1, undefined ?? 2, 0 ?? 3, "" || 4, 0 || null, 1 && 2, 0 && 2, null || undefined || "x"]
[({a: {b: 1}})?.a?.b, null?.a?.b.c, undefined?.[0], ({})?.a?.b.c.d, (null)?.f(), ({}).f?.(), ({f() { return 1 }}).f?.()]
(({a, b: {c = 5, ...d} = {}, ...e}) => [a, c, d, e])({a: 1, b: {x: 1, y: 2}, z: 3, w: 4})
(([a, , b = 3, ...c]) => [a, b, c])([1, 2, undefined, 4, 5])
(([a, b]) => [a, b])("xy")
((a, b = a + 1, ...c) => [a, b, c])(1, undefined, 3, 4)
((a, {b = 2} = {}) => a + b)(1)
[..."a\u{1F600}b", ...[1, 2], ...new Set([3, 3, 4])]
({...{a: 1, b: 2}, b: 3, ...null, ...undefined, ..."hi", ...[9]})
Object.keys({b: 1, 2: 1, a: 1, 1: 1, "01": 1, [-1]: 1})
Object.entries({b: 1, a: [2]})
Object.fromEntries([["a", 1], ["b", 2]])
Object.fromEntries(new Map([["x", 1]]))
Object.assign({a: 1}, {b: 2}, null, {a: 3})
Object.values("abc")
Object.entries([5, 6])
({["a" + 1]: 1, "b-c": 2, 3: 4, [`t${1}`]: 5, 1.5: 6, 1e3: 7})
({get x() { return this.y * 2 }, y: 4, set z(v) { this.y = v }}).x
(() => { const o = {y: 1, set z(v) { this.y = v }}; o.z = 5; return [o.y, Object.keys(o)] })()
({toString() { return "T" }}) + "!"
`${{valueOf() { return 42 }, toString() { return "s" }}}`
"abc".length + "\u{1F600}".length
["abc"[1], "abc".at(-1), "abc".charAt(5), "abc"[9], "\u{1F600}x"[2], "abc".codePointAt(0), "abc".charCodeAt(1)]
["Hello".toUpperCase(), "HELLO".toLowerCase(), "  a b ".trim(), "  a".trimStart() + "|", "a  ".trimEnd() + "|"]
["abc".slice(1), "abc".slice(-2), "abc".slice(1, -1), "abc".slice(2, 1), "abcdef".substring(4, 1), "abcdef".substr(-3, 2), "abc".substring(-1)]
["a,b,c".split(","), "abc".split(""), "a,b,c".split(",", 2), "abc".split(), "".split(","), "".split("")]
["a1b2c3".split(/\d/), "a, b;c".split(/[,;]\s*/), "abc".split(/(b)/), "camelCaseString".split(/(?=[A-Z])/)]
["aXbX".replace("X", "-"), "aXbX".replaceAll("X", "-"), "abc".replace(/b/, "[$&]"), "abc".replace(/(a)(b)/, "$2$1"), "x".replace("x", "$$"), "abcb".replace(/b/g, m => m.toUpperCase())]
["someCamelCase".replace(/[A-Z]/g, c => `_${c.toLowerCase()}`), "snake_case_name".replace(/_([a-z])/g, (_, c) => c.toUpperCase()), "a-b_c".replace(/[-_](\w)/g, (m, c, i) => c + i)]
["HTTPServerError".replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2").toLowerCase()]
["2020-01-02".replace(/(?<y>\d{4})-(?<m>\d\d)/, "$<m>/$<y>"), "abc".replace(/x*/g, "-")]
["abc".padStart(5, "xy"), "abc".padEnd(6), "5".padStart(3, "0"), "abc".padStart(2), "x".repeat(3), "x".repeat(0)]
["abc".startsWith("ab"), "abc".startsWith("b", 1), "abc".endsWith("bc"), "abc".endsWith("b", 2), "abc".includes("c"), "abc".includes("a", 1), "abcabc".indexOf("c", 3), "abcabc".lastIndexOf("a"), "abc".indexOf("")]
["a".concat("b", 1, null), "abc".localeCompare("abc"), "a-b".normalize("NFD"), "abc".search(/c/), "abc".search(/x/)]
["test1".match(/(\w+)(\d)/).slice(0, 3), "a1b2".match(/\d/g), "x".match(/y/), [..."a1b2".matchAll(/([a-z])(\d)/g)].map(m => m[1] + m[2])]
[/^[a-z]+$/.test("abc"), /a.c/.test("a\nc"), /a.c/s.test("a\nc"), /^b/m.test("a\nb"), /a$/.test("a\n"), /\u0061/.test("a"), /[\w-]+/.test("-"), /(?:a|b)c/.test("bc"), /A/i.test("a")]
String.raw`a\n${1}b`
[`a\tb\u0041\x42\u{43}\
c`, "line\
continued", 'it\'s', "\0".length, "\v".charCodeAt(0)]
((s, ...v) => [s, s.raw, v])`a${1}\n${2}c`
[[1, 2, 3].map(x => x * 2), [1, 2, 3, 4].filter(x => x % 2), [1, 2, 3].reduce((a, b) => a + b), [1, 2].reduce((a, b) => a + b, "x"), [[1], [2, [3]]].flat(), [[1], [2, [3]]].flat(Infinity), [1, 2].flatMap(x => [x, x * 10])]
[[3, 1, 10, 2].sort(), [3, 1, 10, 2].sort((a, b) => a - b), ["b", undefined, "a"].sort(), [1, 2, 3].reverse(), [1, 2, 3].toSorted((a, b) => b - a), ["b", "a", "C"].sort()]
[[1, 2, 3].indexOf(2), [1, NaN].indexOf(NaN), [1, NaN].includes(NaN), [1, 2, 1].lastIndexOf(1), [1, 2, 3].includes(4), [1, 2, 3].at(-1)]
[[1, 2, 3].find(x => x > 1), [1, 2].find(x => x > 5), [1, 2, 3].findIndex(x => x > 1), [1, 2, 3].findLast(x => x < 3), [1, 2, 3].findLastIndex(x => x < 3), [1, 2].some(x => x > 1), [1, 2].every(x => x > 1), [].every(x => x)]
[[1, 2, 3].join(), [1, null, undefined, 2].join("-"), [[1, 2], [3]].join(";"), [].join(), [1].concat(2, [3, [4]]), [1, 2, 3, 4].slice(1, -1), [1, 2, 3].slice(-2)]
(() => { const a = [1, 2, 3, 4, 5]; const r = a.splice(1, 2, "x", "y", "z"); return [a, r, a.push(9), a.pop(), a.shift(), a.unshift(0), a, a.length] })()
(() => { const a = []; a[3] = 1; a.length = 2; return [a.length, a] })()
[Array.from("abc"), Array.from({length: 3}, (_, i) => i * 2), Array.from(new Map([[1, 2]])), Array.of(7), Array(3).fill(0), new Array(1, 2), Array.isArray([]), Array.isArray({length: 0})]
[[...[1, 2].keys()], [...["a"].entries()], [...[5].values()], [1, 2, 3].with(1, 9), [1, 2, 3].fill(0, 1), [1, 2].reduceRight((a, b) => a + "-" + b)]
[1, 2, 3].map(parseInt).map(String)
["1", "2", "3"].map(Number)
[1, 0, "", null, "a"].filter(Boolean)
[parseInt("12px"), parseInt("0x1f"), parseInt("101", 2), parseInt("z", 36), parseFloat("1.5abc"), String(parseInt("x")), Number("12"), String(Number("12px")), Number(null), Number([]), Number(true), Number("")]
[Math.max(1, 2, 3), Math.min(), Math.floor(-1.5), Math.ceil(1.2), Math.round(2.5), Math.round(-2.5), Math.trunc(-1.7), Math.abs(-3), Math.sign(-2), Math.sqrt(16), Math.pow(2, 3), Math.hypot(3, 4)].map(String)
[(255).toString(16), (5).toString(2), (1.005).toFixed(2), (1.5).toFixed(0), (2.5).toFixed(0), (0).toFixed(2), (-1.5).toFixed(0), (123.456).toFixed(1), (1e21).toFixed(2)]
[Number.MAX_SAFE_INTEGER, Number.isInteger(5.0), Number.isInteger("5"), isNaN("abc"), Number.isNaN("abc"), isFinite("12"), Number.EPSILON > 0]
[String(null), String([1, [2]]), String({}), String(Symbol("s")), String(1n), Boolean(""), Boolean([]), String(new Error("boo")), String(new TypeError("t"))]
[JSON.stringify({a: [1, "x", null, undefined, () => 1], b: undefined, c: {d: true}}), JSON.stringify("a\"b\n\u2028\ud800"), JSON.stringify([undefined]), JSON.stringify(undefined) === undefined, JSON.stringify({a: 1, b: [2, {}]}, null, 2), JSON.stringify({a: 1, b: 2}, ["a"]), JSON.stringify([], null, 2), JSON.stringify(NaN), JSON.stringify({a: {toJSON() { return 5 }}})]
JSON.parse('{"a": [1, 2.5, "x", null, true], "b": {"c": 1e3}}')
[new Map([["a", 1]]).get("a"), new Map([["a", 1]]).size, [...new Map([["a", 1]]).keys()], [...new Set([1, 2, 2, NaN, NaN, "1"])].map(String), new Set([1]).has(1), [...new Map([[1, 2]]).entries()]]
(() => { const m = new Map(); m.set("a", 1).set("b", 2).set("a", 3); m.delete("b"); const o = []; m.forEach((v, k) => o.push(k + v)); for (const [k, v] of m) o.push([k, v]); return o })()
(() => { let s = 0; for (let i = 0; i < 10; i++) { if (i === 3) continue; if (i === 7) break; s += i } return s })()
(() => { const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); return fs.map(f => f()) })()
(() => { var fs = []; for (var i = 0; i < 3; i++) fs.push(() => i); return fs.map(f => f()) })()
(() => { const r = []; outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; r.push([a, b]) } } return r })()
(() => { const r = []; for (const k in {a: 1, b: 2}) r.push(k); for (const i in ["x", "y"]) r.push(i); for (const c of "hi") r.push(c); return r })()
(() => { let i = 0; do { i++ } while (i < 5); while (true) { if (i > 8) break; i += 2 } return i })()
(() => { const f = x => { switch (x) { case 1: return "one"; case 2: case 3: { const y = "few"; return y } default: return "many" } }; return [1, 2, 3, 4].map(f) })()
(() => { const r = []; switch (2) { case 1: r.push(1); case 2: r.push(2); case 3: r.push(3); break; case 4: r.push(4) } return r })()
(() => { const r = []; switch (9) { case 1: r.push(1); default: r.push("d"); case 3: r.push(3) } return r })()
(() => { try { throw new Error("x") } catch (e) { return [e.message, e instanceof Error, e.name] } finally { } })()
(() => { try { null.x } catch (e) { return e instanceof TypeError } })()
(() => { try { return "a" } finally { globalThis } })()
(() => { const f = () => { try { return 1 } finally { return 2 } }; return f() })()
(() => { try { undefined() } catch { return "caught" } })()
(() => { class A { static n = 1; #p = 2; q = this.#p + 1; constructor(x) { this.x = x } get p() { return this.#p } set p(v) { this.#p = v } static make(x) { return new this(x) } m() { return "A" + this.x } } class B extends A { q = 10; constructor() { super(7); this.z = 1 } m() { return super.m() + "B" } static make() { return super.make(3) } } const b = new B(); b.p = 9; return [b.p, b.q, b.x, b.z, b.m(), B.n, A.make(4).m(), b instanceof A, Object.keys(b), B.make().constructor === A, B.name] })()
(() => { const C = class { static #count = 0; static inc() { return ++C.#count } }; C.inc(); return C.inc() })()
(() => { class E extends Error { constructor(m) { super(m); this.name = "E" } } try { throw new E("q") } catch (e) { return [e.message, e.name, e instanceof E, e instanceof Error, String(e)] } })()
(() => { function F(x) { this.x = x } F.prototype.get = function () { return this.x }; return new F(5).get() })()
(() => { function outer() { return inner(); function inner() { return "hoisted" } } return outer() })()
(() => { const fact = n => n <= 1 ? 1 : n * fact(n - 1); const fib = function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) }; return [fact(10), fib(15)] })()
(() => { const curry = a => b => c => a + b + c; return curry(1)(2)(3) })()
(() => { let a = 1, b = 2; [a, b] = [b, a]; let o = {}; ({x: o.y, z: o["w"] = 5} = {x: 1}); return [a, b, o] })()
(() => { let n = 5; const r = [n++, ++n, n--, --n, n]; n **= 2; n ||= 7; let u; u ??= 3; u &&= 4; const o = {k: 1}; o.k += 5; o["k"]++; return [r, n, u, o] })()
(() => { const o = {a: 1, b: 2}; delete o.a; return ["a" in o, "b" in o, o, 0 in [1], "toString" in {}] })()
(() => { const o = {f() { return this.v }, v: 3}; const g = o.f.bind({v: 4}); return [o.f(), g(), o.f.call({v: 5}), o.f.apply({v: 6}, []), Math.max.apply(null, [1, 5])] })()
(() => { function f() { return [arguments.length, arguments[1]] } return f(1, 2, 3) })()
(() => { const f = (a, b) => 1; function g(x, y = 1, ...z) {} return [f.name, f.length, g.length, (() => 1).name, ({h() {}}).h.name] })()
(() => { var x = 1; { var x = 2 } { let x = 3 } return x })()
(() => { const a = [1, 2, 3]; const b = a; b.push(4); const c = {...{a}}; c.a.push(5); return a })()
(() => { const o = Object.freeze({a: 1}); return [Object.isFrozen(o), o] })()
(() => { const s = Symbol("q"); const o = {[s]: 1, t: 2}; return [o[s], Object.keys(o), s.toString(), s.description === undefined] })()
[Object.is(NaN, NaN), Object.is(0, -0), Object.hasOwn({a: 1}, "a"), ({a: 1}).hasOwnProperty("b"), Object.getOwnPropertyNames({a: 1})]
[encodeURIComponent("a b&c/é"), encodeURI("a b&c/é")]
[[1, 2, 3].toString(), ({}).toString(), (5).valueOf(), "x".valueOf(), [] instanceof Array, ({}) instanceof Object, (() => 1) instanceof Function, new Map() instanceof Map]
((...args) => args.length)(...[1, 2], 3, ..."ab")
(() => { const g = function () { return typeof this }; return void 0 === undefined })()
[1, 2, 3, 4].map((x, i, all) => x * i + all.length)
[["b", 2], ["a", 1]].sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => `${k}=${v}`).join("&")
Object.entries({x: 1, y: 2}).reduce((acc, [k, v]) => ({...acc, [k.toUpperCase()]: v + 1}), {})
Object.keys({a: 1, b: 2}).map(k => ({[k]: k.length}))
Object.groupBy === undefined || true
"abc" in {abc: 1} ? "yes" : "no"
(1, 2, 3)
void 0 ?? "v"
[,1,,2].length
[1,2,3,].length
"\u{1F600}".split("").length
[..."\u{1F600}"].length
"İ".toLowerCase().length
"ß".toUpperCase()
["é", "z", "a"].sort()
[undefined, null, NaN].map(x => `${x}`)
"x".concat(...["a", "b"])
[[]] == ""
[0.1 * 3, 1e21 + 1, 123456789 * 987654321, 2 ** 53 + 1, 0.1 + 0.7].map(String)
[1.0.toString(), 1..toString(), (25).toString(36), (-255).toString(16), (1e21).toString(), (0.000001234).toString()]
"a-b-c".split("-").map((s, i) => i ? s[0].toUpperCase() + s.slice(1) : s).join("")
[...Array(3).keys()]
Array.from(new Set(["a", "b", "a"]), x => x + x)
"%41".length
((a, b) => { "use strict"; return a ?? b })(undefined, 1)
[3, 2, 1].concat().sort().at(0)
(function () { return this === undefined || typeof this })() ? 1 : 0
"abc".replace("b", (m, i, s) => `${m}${i}${s}`)
"aaa".lastIndexOf("a", 1)
"abcabc".replace(/b(?!c)/g, "X").replace(/(?<=a)b/g, "Y")
[1, [2, [3, [4]]]].flat().length
"A".codePointAt() + 1
String.fromCharCode(65, 66) + String.fromCodePoint(128512)
isNaN(undefined) && !isFinite(Infinity)
Number("0b11") + Number("0o17") + Number(" \n5 ")
""".strip()


def _joined(text: str) -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        if found and found[-1].endswith("\\"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


EXPRESSIONS = _joined(_TEXT)
