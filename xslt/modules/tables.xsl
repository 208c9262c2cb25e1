<?xml version="1.0" encoding="UTF-8"?>
<!-- Rows and cells. Rules and pipes of the source are shown as a table's lines, not as signs. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="table" mode="m:html">
    <div class="table" tabindex="0">
      <xsl:apply-templates select="head" mode="m:html"/>
      <table>
        <xsl:apply-templates select="." mode="m:attributes"/>
        <xsl:apply-templates select="row" mode="m:html"/>
      </table>
      <xsl:apply-templates select="f:after-rows(.)" mode="m:html"/>
    </div>
  </xsl:template>

  <xsl:template match="row" mode="m:html">
    <tr>
      <xsl:apply-templates select="cell" mode="m:html"/>
    </tr>
  </xsl:template>

  <xsl:template match="cell" mode="m:html">
    <xsl:element name="{if (f:is-heading-cell(.)) then 'th' else 'td'}">
      <xsl:apply-templates select="@rows, @cols, ." mode="m:attributes"/>
      <xsl:apply-templates select="f:in-cell(.)" mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <!-- Between rows and cells there is no room: a page break moves into the next cell, and what
       follows the last into that. -->
  <xsl:function name="f:in-cell" as="node()*">
    <xsl:param name="cell" as="element(cell)"/>
    <xsl:sequence select="$cell[not(preceding-sibling::cell)]/.. ! f:strays(.), f:strays($cell),
        $cell/node(), $cell/following-sibling::*[not(self::cell or following-sibling::cell)]"/>
  </xsl:function>

  <xsl:function name="f:strays" as="element()*">
    <xsl:param name="slot" as="element()"/>
    <xsl:sequence select="$slot/preceding-sibling::*[not(self::row or self::cell or self::head)][
                          following-sibling::*[self::row or self::cell][1] is $slot]"/>
  </xsl:function>

  <xsl:function name="f:after-rows" as="element()*">
    <xsl:param name="table" as="element(table)"/>
    <xsl:sequence select="$table/(* except (head, row))[not(following-sibling::row)]"/>
  </xsl:function>

  <xsl:template match="@rows[. castable as xs:positiveInteger]" mode="m:attributes">
    <xsl:attribute name="rowspan" select="."/>
  </xsl:template>

  <xsl:template match="@cols[. castable as xs:positiveInteger]" mode="m:attributes">
    <xsl:attribute name="colspan" select="."/>
  </xsl:template>

  <xsl:template match="table" mode="m:typst">
    <xsl:variable name="slots" as="map(xs:string, map(xs:string, xs:integer))" select="f:slots(.)"/>
    <xsl:variable name="heading" as="element(row)*" select="f:heading-rows(., $slots)"/>
    <xsl:apply-templates select="head" mode="m:typst"/>
    <xsl:value-of select="'data-table(' || max((1, $slots?* ! ?end)) || ',&#10;'"/>
    <xsl:value-of select="'table.header('[exists($heading)]"/>
    <xsl:apply-templates select="$heading" mode="m:typst">
      <xsl:with-param name="slots" select="$slots" tunnel="yes"/>
    </xsl:apply-templates>
    <xsl:value-of select="'),&#10;'[exists($heading)]"/>
    <xsl:apply-templates select="row except $heading" mode="m:typst">
      <xsl:with-param name="slots" select="$slots" tunnel="yes"/>
    </xsl:apply-templates>
    <xsl:value-of select="')&#10;'"/>
    <xsl:apply-templates select="f:after-rows(.)" mode="m:typst"/>
  </xsl:template>

  <!-- Where each cell stands: its column, the column behind it, its row. A row may have fewer cells
       than the widest, and cells that reach down from rows above stand in the way of its own. -->
  <xsl:function name="f:slots" as="map(xs:string, map(xs:string, xs:integer))">
    <xsl:param name="table" as="element(table)"/>
    <xsl:iterate select="$table/row/cell">
      <xsl:param name="slots" as="map(xs:string, map(xs:string, xs:integer))" select="map { }"/>
      <xsl:param name="last" as="map(xs:string, xs:integer)" select="map { 'row': -1, 'end': 0 }"/>
      <!-- Of each column, the first row in which it is free. -->
      <xsl:param name="free" as="map(xs:integer, xs:integer)" select="map { }"/>
      <xsl:on-completion select="$slots"/>
      <xsl:variable name="opens" as="xs:boolean" select="empty(preceding-sibling::cell)"/>
      <xsl:variable name="row" as="xs:integer" select="$last?row + xs:integer($opens)"/>
      <xsl:variable name="column" as="xs:integer"
                    select="f:column(if ($opens) then 0 else $last?end, f:span(@cols), $row, $free)"/>
      <xsl:variable name="end" as="xs:integer" select="$column + f:span(@cols)"/>
      <xsl:variable name="below" as="xs:integer" select="$row + f:span(@rows)"/>
      <xsl:variable name="slot" as="map(xs:string, xs:integer)"
                    select="map { 'row': $row, 'column': $column, 'end': $end }"/>
      <xsl:next-iteration>
        <xsl:with-param name="slots" select="map:put($slots, generate-id(), $slot)"/>
        <xsl:with-param name="last" select="$slot"/>
        <xsl:with-param name="free" select="fold-left($column to $end - 1, $free,
            function($map, $one) { map:put($map, $one, $below) })"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- The first column, from one on, with room for a cell. -->
  <xsl:function name="f:column" as="xs:integer">
    <xsl:param name="from" as="xs:integer"/>
    <xsl:param name="span" as="xs:integer"/>
    <xsl:param name="row" as="xs:integer"/>
    <xsl:param name="free" as="map(xs:integer, xs:integer)"/>
    <xsl:variable name="taken" as="xs:integer?"
                  select="reverse($from to $from + $span - 1)[$free(.) gt $row][1]"/>
    <xsl:sequence select="if (exists($taken)) then f:column($taken + 1, $span, $row, $free)
                          else $from"/>
  </xsl:function>

  <!-- The first row heads the columns, with those that its cells reach down to, when all their cells
       are headings and none reaches further. -->
  <xsl:function name="f:heading-rows" as="element(row)*">
    <xsl:param name="table" as="element(table)"/>
    <xsl:param name="slots" as="map(xs:string, map(xs:string, xs:integer))"/>
    <xsl:variable name="rows" as="element(row)*" select="$table/row[cell]"/>
    <xsl:variable name="count" as="xs:integer?" select="max($rows[1]/cell ! f:rows-spanned(.))"/>
    <xsl:variable name="first" as="element(row)*" select="$rows[position() le $count]"/>
    <xsl:sequence select="$first[every $cell in $first/cell satisfies f:is-heading-cell($cell)
        and $slots(generate-id($cell))?row + f:rows-spanned($cell) le $count]"/>
  </xsl:function>

  <xsl:template match="row" mode="m:typst">
    <xsl:apply-templates select="cell" mode="m:typst"/>
  </xsl:template>

  <xsl:template match="cell" mode="m:typst">
    <xsl:param name="slots" as="map(xs:string, map(xs:string, xs:integer))" tunnel="yes"/>
    <xsl:variable name="slot" as="map(xs:string, xs:integer)" select="$slots(generate-id())"/>
    <xsl:value-of select="'table.cell(x: ' || $slot?column || ', y: ' || $slot?row || ', rowspan: '
        || f:rows-spanned(.) || ', colspan: '
        || f:span(@cols) || ', {&#10;'"/>
    <xsl:value-of select="'heading-cell({&#10;'[f:is-heading-cell(current())]"/>
    <xsl:apply-templates select="f:in-cell(.)" mode="m:typst"/>
    <xsl:value-of select="'})&#10;'[f:is-heading-cell(current())] || '}),&#10;'"/>
  </xsl:template>

  <!-- No cell reaches below the last row. -->
  <xsl:function name="f:rows-spanned" as="xs:integer">
    <xsl:param name="cell" as="element(cell)"/>
    <xsl:sequence select="if ($cell/@rows)
        then min((f:span($cell/@rows), 1 + count($cell/../following-sibling::row[cell]))) else 1"/>
  </xsl:function>

  <xsl:function name="f:is-heading-cell" as="xs:boolean">
    <xsl:param name="cell" as="element(cell)"/>
    <xsl:sequence select="($cell/@role, $cell/../@role)[1] = 'label'"/>
  </xsl:function>

  <!-- No more than HTML takes (4.9.11): paper would lay out each column of a number without end. -->
  <xsl:function name="f:span" as="xs:integer">
    <xsl:param name="number" as="attribute()?"/>
    <xsl:sequence select="if ($number castable as xs:positiveInteger)
        then min((xs:integer($number), if (name($number) = 'cols') then 1000 else 65534)) else 1"/>
  </xsl:function>
</xsl:stylesheet>
