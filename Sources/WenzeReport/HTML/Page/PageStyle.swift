/// The style sheet of every page: Okabe and Ito's colours, which colour-blind readers tell apart.
let pageStyle = """
  :root{color-scheme:light dark;--bg:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d5dae0;--card:#f6f7f9;\
  --err:#c04a00;--warn:#b07800;--note:#0072b2;--open:#6b5b95;--good:#00795a;--on:#fff;\
  --fe:#d55e00;--fw:#e69f00;--fn:#56b4e9;--fu:#9a9fa6;--l1:#0072b2;--l2:#57606a;--c0:#b4b9bf}
  @media (prefers-color-scheme:dark){:root{--bg:#15181c;--ink:#e4e7eb;--soft:#a3abb5;--line:#3a414a;\
  --card:#1e2329;--err:#ff9a55;--warn:#f2c14e;--note:#7cc4f0;--open:#b9a8e0;--good:#4fd1a5;--on:#15181c;\
  --fe:#e8742a;--fw:#e6b13a;--fn:#56b4e9;--fu:#7d848c;--l1:#56b4e9;--l2:#a3abb5;--c0:#6d747c}}
  *{box-sizing:border-box}
  html{-webkit-text-size-adjust:100%}
  body{margin:0;background:var(--bg);color:var(--ink);\
  font:15px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;\
  overflow-wrap:anywhere}
  header,main,footer{max-width:1080px;margin:0 auto;padding:0 20px}
  header{padding-top:28px}
  h1{font-size:26px;line-height:1.3;margin:0 0 4px}
  h2{font-size:20px;line-height:1.35;margin:36px 0 10px;padding-bottom:6px;border-bottom:2px solid var(--line)}
  h3{font-size:15px;line-height:1.45;margin:0}
  p{margin:6px 0}
  a{color:var(--note)}
  bdi{white-space:pre-line}
  .d,.meta,.at{color:var(--soft);font-size:13px}
  .top{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:baseline;justify-content:space-between}
  .lang{font-size:13px;white-space:nowrap}
  .lang label{display:inline-block;padding:2px 10px;border:1px solid var(--line);cursor:pointer}
  .lang label:first-child{border-radius:12px 0 0 12px;border-right:0}
  .lang label:last-child{border-radius:0 12px 12px 0}
  .pick{position:absolute;opacity:0;pointer-events:none}
  #zh:checked~* [lang=en],#en:checked~* [lang=zh]{display:none}
  #zh:checked~* label[for=zh],#en:checked~* label[for=en]{background:var(--ink);color:var(--bg)}
  #zh:focus-visible~* label[for=zh],#en:focus-visible~* label[for=en]{outline:2px solid var(--note)}
  .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(108px,1fr));gap:10px;margin:18px 0;padding:0;list-style:none}
  .tiles li{background:var(--card);border-left:4px solid var(--line);padding:8px 12px;border-radius:0 6px 6px 0}
  .tiles b{display:block;font-size:24px;line-height:1.25;font-variant-numeric:tabular-nums}
  .tiles .e{border-color:var(--fe)}.tiles .w{border-color:var(--fw)}.tiles .i{border-color:var(--fn)}.tiles .u{border-color:var(--fu)}
  .scroll{overflow-x:auto}
  table{border-collapse:collapse;font-size:13px;line-height:1.5}
  th,td{text-align:left;vertical-align:top;padding:3px 12px 3px 0;border-bottom:1px solid var(--line)}
  th{color:var(--soft);font-weight:600}
  .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
  .l{color:var(--soft);white-space:nowrap}.l:empty::before,.l:empty::after{content:none!important}
  #zh:checked~* .l::before{content:"第"}#zh:checked~* .l::after{content:"行"}#en:checked~* .l::before{content:"line "}
  .wide{width:100%}
  figure{margin:22px 0;break-inside:avoid}
  figcaption{margin-bottom:6px}
  figure svg[role]{display:block;width:100%;min-width:600px;height:auto}
  .key span{display:inline-block;margin-right:14px;font-size:13px;color:var(--soft)}
  .key svg{width:11px;height:11px;margin-right:5px;overflow:visible}
  details{font-size:13px;margin-top:6px}
  summary{cursor:pointer;color:var(--soft)}
  svg text{fill:var(--ink);font-size:12px}
  svg .s{fill:var(--soft);font-size:11px}svg .b{font-weight:600}
  .g{stroke:var(--line);fill:none}.a{stroke:var(--soft);fill:none}
  .pe{fill:var(--fe)}.pw{fill:var(--fw)}.pn{fill:var(--fn)}.pu{fill:var(--fu)}
  .l1{stroke:var(--l1);stroke-width:1.5;fill:none}.l2{stroke:var(--l2);stroke-width:1.5;stroke-dasharray:3 2;fill:none}
  .o1{fill:var(--l1)}.o2{fill:var(--bg);stroke:var(--fe);stroke-width:2}
  .x{fill:var(--fe);stroke:var(--bg);stroke-width:1}.xl{fill:var(--fw);stroke:var(--ink);stroke-width:1}
  .c1{fill:#0072b2}.c2{fill:#e69f00}.c3{fill:#56b4e9}.c4{fill:#009e73}.c5{fill:#f0e442}.c6{fill:#d55e00}.c7{fill:#cc79a7}.c8{fill:#8a6fd1}
  .c0,.cn{fill:var(--c0)}.cn{opacity:.5}.cu{fill:var(--bg);stroke:var(--soft);stroke-dasharray:2 2}rect[class^=c]{stroke:var(--bg)}rect.cu{stroke:var(--soft)}
  svg .on{fill:#101316;font-size:11px;stroke:none;opacity:1}svg .on.c1,svg .on.c8{fill:#fff}svg .on.cu,svg .on.cn,svg .on.c0{fill:var(--ink)}
  .mid{fill:var(--l1);opacity:.13}.med{stroke:var(--ink);stroke-width:2;fill:none}.mes{stroke:#101316;stroke-width:2.5;fill:none}
  .late{fill:var(--fe);opacity:.45}.term{fill:var(--fn);opacity:.4}
  .tools{display:none;position:sticky;top:0;z-index:1;background:var(--bg);padding:8px 0;border-bottom:1px solid var(--line);\
  flex-wrap:wrap;gap:8px;align-items:center;font-size:13px}
  .js .tools{display:flex}
  .tools input[type=search]{flex:1 1 200px;min-width:0}
  .tools input,.tools select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:4px 8px;max-width:100%}
  .tools select{flex:0 1 auto;min-width:0}
  .f{border-left:4px solid var(--line);padding:8px 0 8px 14px;margin:14px 0;break-inside:avoid;\
  content-visibility:auto;contain-intrinsic-size:auto 190px}
  .f.e{border-color:var(--fe)}.f.w{border-color:var(--fw)}.f.i{border-color:var(--fn)}.f.u{border-color:var(--fu)}
  .f.k{border-left-style:dashed}
  .f>h3 b{display:inline-block;font-size:12px;line-height:1.5;padding:0 7px;border-radius:9px;margin-right:4px;color:var(--on);background:var(--open)}
  .e>h3 b{background:var(--err)}.w>h3 b{background:var(--warn)}.i>h3 b{background:var(--note)}
  .f table{margin:6px 0}.f td{white-space:pre-line}
  .f dl{margin:6px 0}
  dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;font-size:13px}
  dt{color:var(--soft)}dd{margin:0}
  .f,.rule,.doc{scroll-margin-top:96px}
  .doc{margin-top:40px}
  .rule{margin:18px 0;break-inside:avoid}
  .todo td:first-child{width:45%}
  .none{color:var(--soft)}
  footer{color:var(--soft);font-size:12px;padding:32px 20px}
  [hidden]{display:none!important}
  @media (max-width:520px){header,main,footer{padding-left:14px;padding-right:14px}h1{font-size:22px}\
  .tiles{grid-template-columns:repeat(auto-fit,minmax(96px,1fr))}dl{grid-template-columns:1fr}dt{margin-top:4px}}
  @page{size:A4;margin:18mm 16mm}
  @media print{:root{--bg:#fff;--ink:#000;--soft:#444;--line:#bbb;--card:#fff;--c0:#b4b9bf}body{font-size:10.5pt}\
  header,main,footer{max-width:none;padding:0}.tools,.lang,.js .tools{display:none}.f{content-visibility:visible}\
  h2,h3{break-after:avoid}.doc{break-before:page}.screen{display:none}.tiles b{font-size:16pt}.tiles{grid-template-columns:repeat(6,1fr)}figure svg[role]{min-width:0}.scroll{overflow:visible}\
  .f>h3 b{border:1px solid;background:none!important;color:inherit}a{color:inherit;text-decoration:none}details:not([open]){display:none}\
  rect,circle,path,.tiles li{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

  """

/// The script of every page: choosing, sorting and searching findings.
///
/// Without it a page is whole.
let pageScript = """
  (function(){"use strict";
  var d=document,root=d.documentElement,tools=d.querySelector(".tools");
  d.querySelectorAll(".pick").forEach(function(r){r.addEventListener("change",function(){
  root.lang=r.id==="zh"?"zh-CN":"en";words()})});
  function chinese(){return d.getElementById("zh").checked}
  if(!tools)return;
  root.classList.add("js");
  var list=Array.prototype.slice.call(d.querySelectorAll(".f")),texts=new Array(list.length),
  q=d.getElementById("q"),rule=d.getElementById("rule"),kind=d.getElementById("kind"),sort=d.getElementById("sort"),
  group=d.getElementById("group"),
  count=d.getElementById("count"),docs=Array.prototype.slice.call(d.querySelectorAll(".doc")),timer;
  list.forEach(function(f,n){f.order=n});
  function words(){tools.querySelectorAll("option[data-zh]").forEach(function(o){
  o.textContent=chinese()?o.getAttribute("data-zh"):o.getAttribute("data-en")});
  q.placeholder=chinese()?"搜索问题、编号、事实":"Search findings, numbers, facts"}
  function text(n){return texts[n]||(texts[n]=list[n].textContent.toLowerCase())}
  function apply(){var want=q.value.trim().toLowerCase().split(/\\s+/).filter(Boolean),shown=0;
  list.forEach(function(f,n){var ok=(!rule.value||f.getAttribute("data-r")===rule.value)&&
  (!kind.value||f.classList.contains(kind.value))&&
  (!group||!group.value||f.getAttribute("data-g")===group.value)&&
  want.every(function(w){return text(n).indexOf(w)>=0});
  if(f.hidden===ok)f.hidden=!ok;if(ok)shown++});
  var all=!want.length&&!rule.value&&!kind.value&&!(group&&group.value);
  docs.forEach(function(s){s.hidden=!all&&!s.querySelector(".f:not([hidden])")});
  count.textContent=shown+" / "+list.length}
  var rank={e:0,w:1,i:2,u:3};
  function severity(f){for(var k in rank)if(f.classList.contains(k))return rank[k];return 4}
  function order(){var by=sort.value,all=list.slice();
  all.sort(function(a,b){var x=0;
  if(by==="r")x=a.getAttribute("data-r")<b.getAttribute("data-r")?-1:a.getAttribute("data-r")>b.getAttribute("data-r")?1:0;
  if(by==="s")x=severity(a)-severity(b);
  return x||a.order-b.order});
  var places=new Map();
  all.forEach(function(f){var p=f.parentNode,l=places.get(p);if(!l){l=d.createDocumentFragment();places.set(p,l)}l.appendChild(f)});
  places.forEach(function(l,p){p.appendChild(l)})}
  q.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(apply,120)});
  [rule,kind,group].forEach(function(s){if(s)s.addEventListener("change",apply)});
  sort.addEventListener("change",order);
  if(group){var keys=new Map();
  list.forEach(function(f){var g=f.getAttribute("data-g");if(g)keys.set(g,1)});
  if(keys.size&&keys.size<=500){Array.from(keys.keys()).sort().forEach(function(k){
  var o=d.createElement("option");o.value=k;o.textContent=k;group.appendChild(o)});group.hidden=false}}
  words();count.textContent=list.length+" / "+list.length;
  if(q.value||rule.value||kind.value||group&&group.value)apply();
  })();

  """
