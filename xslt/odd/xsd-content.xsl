<?xml version="1.0" encoding="UTF-8"?>
<!-- What may stand in an element, as XSD can say it: particles, and whether they are ambiguous. -->
<xsl:stylesheet version="3.0"
  xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:p="https://tei-encoder.org/ns/particle"
  xmlns:rng="http://relaxng.org/ns/structure/1.0"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="a map p rng"
  expand-text="yes"
  xpath-default-namespace="http://relaxng.org/ns/structure/1.0">

  <!-- content -->

  <xsl:function name="p:content" as="element()">
    <xsl:param name="patterns" as="element(element)+"/>
    <xsl:variable name="each" as="element()*">
      <xsl:for-each select="$patterns">
        <xsl:variable name="parts" as="element()*">
          <xsl:apply-templates mode="p:content" select="p:body(.)"/>
        </xsl:variable>
        <xsl:sequence select="p:seq($parts)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="p:alt($each)"/>
  </xsl:function>

  <!-- The patterns in an element, without its name class. -->
  <xsl:function name="p:body" as="element()*">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:sequence select="if ($pattern/@name) then $pattern/rng:* else tail($pattern/rng:*)"/>
  </xsl:function>

  <xsl:template match="attribute | text | empty | data | value | list" mode="p:content" as="element()">
    <p:empty/>
  </xsl:template>

  <xsl:template match="notAllowed" mode="p:content" as="element()">
    <p:none/>
  </xsl:template>

  <xsl:template match="element" mode="p:content" as="element()">
    <xsl:variable name="names" as="element()*">
      <xsl:for-each select="p:names(.)">
        <p:e name="{.}" min="1" max="1"/>
      </xsl:for-each>
      <xsl:if test="empty(p:names(.)) or .//anyName or .//nsName">
        <p:any min="1" max="1"/>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="p:alt($names)"/>
  </xsl:template>

  <xsl:template match="ref" mode="p:content" as="element()">
    <xsl:choose>
      <xsl:when test="key('p:define', @name, $grammar)[p:is-class(.)]">
        <p:class name="{@name}" min="1" max="1"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="parts" as="element()*">
          <xsl:apply-templates select="p:defined(.)" mode="p:content"/>
        </xsl:variable>
        <xsl:sequence select="p:seq($parts)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="group | mixed | define" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:sequence select="p:seq($parts)"/>
  </xsl:template>

  <xsl:template match="interleave" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:variable name="real" as="element()*" select="$parts[not(self::p:empty)]"/>
    <xsl:sequence select="if (count($real) gt 1 and not($real/self::p:none))
      then p:widest($real) else p:seq($parts)"/>
  </xsl:template>

  <xsl:template match="choice" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:sequence select="p:alt($parts)"/>
  </xsl:template>

  <xsl:template match="optional | oneOrMore | zeroOrMore" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:sequence select="p:repeat(p:seq($parts), if (self::oneOrMore) then 1 else 0,
      if (self::optional) then '1' else 'unbounded')"/>
  </xsl:template>

  <!-- particles -->

  <xsl:function name="p:seq" as="element()">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="real" as="element()*" select="$parts[not(self::p:empty)]"/>
    <xsl:choose>
      <xsl:when test="$real/self::p:none">
        <p:none/>
      </xsl:when>
      <xsl:when test="empty($real)">
        <p:empty/>
      </xsl:when>
      <xsl:when test="count($real) = 1">
        <xsl:sequence select="$real"/>
      </xsl:when>
      <xsl:otherwise>
        <p:seq min="1" max="1">
          <xsl:sequence select="$real"/>
        </p:seq>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:alt" as="element()">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="real" as="element()*" select="$parts[not(self::p:empty or self::p:none)]"/>
    <xsl:variable name="least" as="xs:integer" select="if ($parts/self::p:empty) then 0 else 1"/>
    <xsl:choose>
      <xsl:when test="empty($real)">
        <xsl:sequence select="($parts/self::p:empty, p:none())[1]"/>
      </xsl:when>
      <xsl:when test="count($real) = 1">
        <xsl:sequence select="p:repeat($real, $least, '1')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="whole" as="element()">
          <p:alt min="1" max="1">
            <xsl:sequence select="p:told-once($real)"/>
          </p:alt>
        </xsl:variable>
        <xsl:sequence select="p:repeat($whole, $least, '1')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:none" as="element()">
    <p:none/>
  </xsl:function>

  <!-- Alternatives that are single elements overlap harmlessly once each is named but once. -->
  <xsl:function name="p:told-once" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="single" as="element()*" select="$parts[p:is-single(.)]"/>
    <xsl:variable name="names" as="xs:string*" select="$single ! p:facts(.)('first')"/>
    <xsl:choose>
      <xsl:when test="count($names) = count(distinct-values($names))">
        <xsl:sequence select="$parts"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="p:named(distinct-values($names)), $parts except $single"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:is-single" as="xs:boolean">
    <xsl:param name="particle" as="element()"/>
    <xsl:sequence select="$particle/@min = '1' and $particle/@max = '1' and
      ($particle[self::p:e or self::p:class]
        or $particle/self::p:alt and (every $part in $particle/* satisfies p:is-single($part)))"/>
  </xsl:function>

  <xsl:function name="p:named" as="element()*">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:for-each select="$names">
      <p:e name="{.}" min="1" max="1"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Returns a particle as often as is said, folded into its own count where that is the same. -->
  <xsl:function name="p:repeat" as="element()">
    <xsl:param name="particle" as="element()"/>
    <xsl:param name="min" as="xs:integer"/>
    <xsl:param name="max" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$particle[self::p:empty]">
        <xsl:sequence select="$particle"/>
      </xsl:when>
      <xsl:when test="$particle[self::p:none]">
        <xsl:element name="{if ($min = 0) then 'p:empty' else 'p:none'}"/>
      </xsl:when>
      <xsl:when test="$max = '1' or $particle/@min = ('0', '1')">
        <xsl:copy select="$particle">
          <xsl:sequence select="@*"/>
          <xsl:attribute name="min" select="min((xs:integer(@min), $min * xs:integer(@min)))"/>
          <xsl:attribute name="max" select="if ($max = '1') then @max else $max"/>
          <xsl:sequence select="node()"/>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <p:seq min="{$min}" max="{$max}">
          <xsl:sequence select="$particle"/>
        </p:seq>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Returns the elements of particles, in any order and number. -->
  <xsl:function name="p:widest" as="element()">
    <xsl:param name="particles" as="element()*"/>
    <xsl:variable name="names" as="xs:string*"
      select="distinct-values($particles ! p:facts(.)('all'))"/>
    <p:alt min="0" max="unbounded">
      <xsl:choose>
        <xsl:when test="$names = '*'">
          <p:any min="1" max="1"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="p:named($names)"/>
        </xsl:otherwise>
      </xsl:choose>
    </p:alt>
  </xsl:function>

  <!-- Returns a content model that XSD takes: itself, or its elements in any order and number. -->
  <xsl:function name="p:sure" as="element()">
    <xsl:param name="content" as="element()"/>
    <xsl:sequence select="if ($content/self::p:none) then p:seq(())
      else if ($content/self::p:empty or p:facts($content)('sure')) then $content
      else p:widest($content)"/>
  </xsl:function>

  <!--
    Returns what tells whether a model is ambiguous: all names in it, which may come first, which
    may go on where it could end, whether it may be empty, and whether each name is sure to be met
    by one particle only (Brüggemann-Klein and Wood, One-Unambiguous Regular Languages).
  -->
  <xsl:function name="p:facts" as="map(*)">
    <xsl:param name="particle" as="element()"/>
    <xsl:variable name="once" as="map(*)" select="p:once($particle)"/>
    <xsl:variable name="again" as="xs:boolean" select="$particle/@max = 'unbounded'"/>
    <xsl:sequence select="map{
      'all': $once('all'),
      'first': $once('first'),
      'after': distinct-values(($once('after'), if ($again) then $once('first') else ())),
      'empty': $once('empty') or $particle/@min = '0',
      'sure': $once('sure') and not($again and p:meet($once('after'), $once('first')))
    }"/>
  </xsl:function>

  <xsl:function name="p:once" as="map(*)">
    <xsl:param name="particle" as="element()"/>
    <xsl:variable name="parts" as="map(*)*" select="$particle/* ! p:facts(.)"/>
    <xsl:choose>
      <xsl:when test="$particle/self::p:seq">
        <xsl:sequence select="fold-left(tail($parts), head($parts), p:then#2)"/>
      </xsl:when>
      <xsl:when test="$particle/self::p:alt">
        <xsl:variable name="first" as="xs:string*" select="$parts ! .('first')"/>
        <xsl:sequence select="map{
          'all': distinct-values($parts ! .('all')),
          'first': distinct-values($first),
          'after': distinct-values($parts ! .('after')),
          'empty': $parts ! .('empty') = true(),
          'sure': not($parts ! .('sure') = false()) and not('*' = $first and count($first) gt 1)
            and count($first) = count(distinct-values($first))
        }"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="names" as="xs:string*" select="if ($particle/self::p:class)
          then p:members($particle/@name) else string(($particle/@name, '*')[1])"/>
        <xsl:sequence select="map{'all': $names, 'first': $names, 'after': (), 'empty': false(),
          'sure': true()}"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:then" as="map(*)">
    <xsl:param name="one" as="map(*)"/>
    <xsl:param name="two" as="map(*)"/>
    <xsl:sequence select="map{
      'all': distinct-values(($one('all'), $two('all'))),
      'first': distinct-values(($one('first'), if ($one('empty')) then $two('first') else ())),
      'after': distinct-values(($two('after'),
        if ($two('empty')) then ($one('after'), $two('first')) else ())),
      'empty': $one('empty') and $two('empty'),
      'sure': $one('sure') and $two('sure') and not(p:meet($one('after'), $two('first')))
        and not($one('empty') and p:meet($one('first'), $two('first')))
    }"/>
  </xsl:function>

  <xsl:function name="p:meet" as="xs:boolean">
    <xsl:param name="one" as="xs:string*"/>
    <xsl:param name="two" as="xs:string*"/>
    <xsl:sequence select="$one = $two or ($one = '*' and exists($two)) or ($two = '*' and exists($one))"/>
  </xsl:function>

  <!-- classes: definitions that are a choice between elements -->

  <xsl:function name="p:is-class" as="xs:boolean" cache="yes">
    <xsl:param name="define" as="element(define)"/>
    <xsl:sequence select="exists($define/choice) and count($define/rng:*) = 1
      and count(key('p:define', $define/@name, $grammar)) = 1
      and (every $part in $define/choice/rng:* satisfies
        ($part/self::ref and (every $target in key('p:define', $part/@name, $grammar) satisfies
          (p:is-one-element($target) or p:is-class($target)))))"/>
  </xsl:function>

  <xsl:function name="p:is-one-element" as="xs:boolean">
    <xsl:param name="define" as="element(define)"/>
    <xsl:sequence select="count($define/rng:*) = 1 and exists($define/element)
      and count(p:names($define/element)) = 1"/>
  </xsl:function>

  <xsl:function name="p:members" as="xs:string*" cache="yes">
    <xsl:param name="class" as="xs:string"/>
    <xsl:variable name="names" as="xs:string*">
      <xsl:for-each select="key('p:define', $class, $grammar)/choice/ref/key('p:define', @name, $grammar)">
        <xsl:sequence select="if (element) then p:names(element) else p:members(@name)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="distinct-values($names)"/>
  </xsl:function>

</xsl:stylesheet>
