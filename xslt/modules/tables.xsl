<?xml version="1.0" encoding="UTF-8"?>
<!-- Rows and cells. Rules and pipes of the source are shown as a table's lines, not as signs. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
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
    <xsl:apply-templates select="head" mode="m:typst"/>
    <xsl:value-of select="'data-table(' || max((1, row/f:width(.))) || ',&#10;'"/>
    <xsl:apply-templates select="row" mode="m:typst"/>
    <xsl:value-of select="')&#10;'"/>
    <xsl:apply-templates select="f:after-rows(.)" mode="m:typst"/>
  </xsl:template>

  <!-- The first row heads the columns when all its cells are headings. -->
  <xsl:template match="row" mode="m:typst">
    <xsl:variable name="heads" as="xs:boolean"
                  select="empty(preceding-sibling::row)
                          and (every $cell in cell satisfies f:is-heading-cell($cell))"/>
    <xsl:value-of select="'table.header('[$heads]"/>
    <xsl:apply-templates select="cell" mode="m:typst"/>
    <xsl:value-of select="'),&#10;'[$heads]"/>
  </xsl:template>

  <xsl:template match="cell" mode="m:typst">
    <xsl:value-of select="'table.cell(rowspan: ' || f:span(@rows) || ', colspan: '
                          || f:span(@cols) || ', {&#10;'"/>
    <xsl:value-of select="'heading-cell({&#10;'[f:is-heading-cell(current())]"/>
    <xsl:apply-templates select="f:in-cell(.)" mode="m:typst"/>
    <xsl:value-of select="'})&#10;'[f:is-heading-cell(current())] || '}),&#10;'"/>
  </xsl:template>

  <xsl:function name="f:is-heading-cell" as="xs:boolean">
    <xsl:param name="cell" as="element(cell)"/>
    <xsl:sequence select="($cell/@role, $cell/../@role)[1] = 'label'"/>
  </xsl:function>

  <xsl:function name="f:span" as="xs:integer">
    <xsl:param name="number" as="attribute()?"/>
    <xsl:sequence select="if ($number castable as xs:positiveInteger)
                          then xs:integer($number) else 1"/>
  </xsl:function>

  <xsl:function name="f:width" as="xs:integer">
    <xsl:param name="row" as="element(row)"/>
    <xsl:sequence select="xs:integer(sum($row/cell ! f:span(@cols)))"/>
  </xsl:function>
</xsl:stylesheet>
