<?xml version="1.0" encoding="UTF-8"?>
<!-- The prose of an ODD in the manual, and how the page looks. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:m="https://tei-encoder.org/ns/manual"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="m sch xs"
  expand-text="yes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- prose -->

  <xsl:template match="text()" mode="m:prose">{replace(., '\s+', ' ')}</xsl:template>
  <xsl:template match="p" mode="m:prose">
    <p><xsl:apply-templates mode="m:prose"/></p>
  </xsl:template>
  <xsl:template match="head" mode="m:prose">
    <p class="label">{normalize-space(.)}</p>
  </xsl:template>
  <xsl:template match="list" mode="m:prose">
    <ul><xsl:apply-templates mode="m:prose"/></ul>
  </xsl:template>
  <xsl:template match="item" mode="m:prose">
    <li><xsl:apply-templates mode="m:prose"/></li>
  </xsl:template>
  <xsl:template match="gi" mode="m:prose">
    <xsl:variable name="spec" as="element()?" select="key('m:spec', ., root($schema))/self::elementSpec"/>
    <xsl:sequence select="($spec ! m:link(.), m:code(.))[1]"/>
  </xsl:template>
  <xsl:template match="att" mode="m:prose">
    <code>@{.}</code>
  </xsl:template>
  <xsl:template match="val | code | ident | tag" mode="m:prose">
    <code>{.}</code>
  </xsl:template>
  <xsl:template match="ref[@target]" mode="m:prose">
    <a href="{@target}"><xsl:apply-templates mode="m:prose"/></a>
  </xsl:template>
  <xsl:template match="*" mode="m:prose" priority="-1">
    <xsl:apply-templates mode="m:prose"/>
  </xsl:template>

  <xsl:template name="m:style" expand-text="no">
    :root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fffefb; --line: #c9c5ba;
      --quiet: #5c594f; --link: #12497b; --shade: #f2efe6; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8e5dc; --paper: #1a1a18;
      --line: #4a4840; --quiet: #aaa69a; --link: #9cc7f0; --shade: #262521; } }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.5rem 4rem; color: var(--ink);
      background: var(--paper); font: 1rem/1.5 Georgia, "Times New Roman", serif;
      display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 3rem;
      align-items: start; }
    header { grid-column: 1 / -1; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
    header p, .note, .gloss, caption { color: var(--quiet); }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 0.25rem; }
    h2 { font-size: 1.5rem; margin: 2rem 0 0.5rem; }
    h3 { font-size: 1.2rem; margin: 0 0 0.4rem; }
    .gloss { font-weight: normal; font-style: italic; }
    nav { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding-bottom: 2rem; }
    nav h2 { margin-top: 1rem; font-size: 1.1rem; }
    nav .names { display: block; }
    summary { cursor: pointer; margin-top: 0.5rem; }
    main h2:first-child { margin-top: 1rem; }
    main p { max-width: 42rem; }
    article { border-top: 1px solid var(--line); padding: 1.2rem 0; }
    article:target { background: var(--shade); outline: 0.6rem solid var(--shade); }
    code, pre { font: 0.9em/1.45 ui-monospace, Menlo, Consolas, monospace; }
    pre { background: var(--shade); padding: 0.8rem 1rem; overflow: auto; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    .names a { text-decoration-color: var(--line); }
    .names { list-style: none; display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; margin: 0;
      padding: 0; }
    dl { margin: 0.8rem 0; }
    dl > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); padding: 0.15rem 0; }
    dt { color: var(--quiet); }
    dd { margin: 0; }
    .values { margin: 0; }
    .values > div { grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr);
      column-gap: 0.8rem; }
    table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
    caption { text-align: left; padding-bottom: 0.3rem; }
    th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0;
      border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    th { font-weight: normal; }
    thead th { color: var(--quiet); }
    tbody th { width: 10rem; } tbody td:last-child { width: 40%; }
    .label { color: var(--quiet); margin-bottom: 0; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; }
    @media (max-width: 50rem) { body { display: block; } nav { position: static; max-height: none; }
      nav .names { display: flex; }
      dl > div { display: block; } table, tbody, tr, td, th, caption { display: block; }
      thead { display: none; } tbody th, tbody td:last-child { width: auto; border: 0; } }
    @media print { nav { display: none; } body { display: block; } }
  </xsl:template>

</xsl:stylesheet>
